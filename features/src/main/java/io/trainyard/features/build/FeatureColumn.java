package io.trainyard.features.build;

import static org.apache.spark.sql.functions.expr;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A feature of a training set.
 *
 * @param name what the pipeline calls it: any text
 * @param column what the table calls it: a name that Delta takes
 */
public record FeatureColumn(String name, String column, Kind kind) {

    /** An expression as this column. It can make a timestamp without a zone, which would ask more of every reader of a table. */
    Column value(String sql) {
        return (kind == Kind.TIMESTAMP ? expr(sql).cast(DataTypes.TimestampType) : expr(sql)).as(column);
    }

    /** What the values of a feature are. */
    public enum Kind {
        NUMBER,
        TEXT,
        BOOLEAN,
        DATE,
        TIMESTAMP;

        /** The kind of a type; empty for lists, maps, structs, bytes and the like. */
        static Optional<Kind> of(DataType type) {
            if (type instanceof NumericType) {
                return Optional.of(NUMBER);
            }
            if (type instanceof StringType) {
                return Optional.of(TEXT);
            }
            if (type instanceof BooleanType) {
                return Optional.of(BOOLEAN);
            }
            if (type instanceof DateType) {
                return Optional.of(DATE);
            }
            return type instanceof TimestampType ? Optional.of(TIMESTAMP) : Optional.empty();
        }
    }
}

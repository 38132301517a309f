package io.trainyard.features.build;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.trainyard.features.build.FeatureColumn.Kind;
import io.trainyard.features.source.SourceException;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;

/**
 * What an expression over a row groups rows by, as a long: whole numbers, dates and times in their own order, everything else by a hash of 64
 * bits.
 */
record RowGroup(Column value, DataType type) {

    /**
     * @param role for messages, such as {@code group}
     * @throws SourceException if it cannot be computed over these rows, or is of a type that no value can be told by
     */
    static RowGroup of(String role, String sql, TimedRows rows) {
        DataType type = new RowExpression(role, sql).typeOver(rows.rows(), rows.columns());
        Optional<Kind> kind = Kind.of(type);
        if (kind.isEmpty() && !type.equals(DataTypes.TimestampNTZType)) {
            throw new SourceException(
                    "Cannot use %s as %s of a training set: it is of type %s; make it a number, text, date or time"
                            .formatted(sql, role, type.simpleString()));
        }
        return new RowGroup(expr(sql), type);
    }

    Column isMissing() {
        return value.isNull();
    }

    /** Null where the row has none. */
    Column group() {
        if (type instanceof LongType
                || type instanceof IntegerType
                || type instanceof ShortType
                || type instanceof ByteType) {
            return value.cast("long");
        }
        if (type.equals(DataTypes.DateType)) {
            return unix_date(value).cast("long");
        }
        return type.equals(DataTypes.TimestampType) ? unix_micros(value) : xxhash64(value.cast("string"));
    }

    /** Where the row has none, it is a unit of its own. */
    Column unit(Column key) {
        return coalesce(when(value.isNotNull(), xxhash64(value.cast("string"))), xxhash64(key.cast("string")));
    }
}

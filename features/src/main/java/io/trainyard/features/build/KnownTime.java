package io.trainyard.features.build;

import static org.apache.spark.sql.functions.expr;

import io.trainyard.features.source.SourceColumns;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.Source;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** The declared moment from which something is known, as a column over the rows of its source. */
final class KnownTime {

    private KnownTime() {}

    static Column of(Source source, String sql, Dataset<Row> rows) {
        DataType type = new RowExpression("known_at of source '%s'".formatted(source.name()), sql)
                .typeOver(rows, SourceColumns.of(source, rows.schema()));
        if (!(type instanceof TimestampType || type instanceof TimestampNTZType || type instanceof DateType)) {
            throw new SourceException(
                    "Cannot tell when source '%s' is known: known_at %s is of type %s; make it a timestamp, such as %s + interval 1 hour"
                            .formatted(
                                    source.name(),
                                    sql,
                                    type.simpleString(),
                                    source.eventTime().orElse("event_time")));
        }
        return expr(sql).cast(DataTypes.TimestampType);
    }
}

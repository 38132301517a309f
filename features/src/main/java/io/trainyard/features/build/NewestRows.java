package io.trainyard.features.build;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import io.trainyard.features.source.RowText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The newest row of each entity, as if it happened at one moment.
 *
 * @param entity columns of the source, as it spells them; rows without one of them are of no entity
 * @param at the moment, which also stands in the column of the event time
 */
record NewestRows(TimedRows source, List<String> entity, Instant at) {
    private static final String RANK = "_rank";

    /** One row for each entity among some rows of the source; of equally new ones always the same. */
    Dataset<Row> of(Dataset<Row> rows) {
        Column known = lit(true);
        for (String column : entity) {
            known = known.and(col(quoted(column)).isNotNull());
        }
        Column[] keys = entity.stream().map(column -> col(quoted(column))).toArray(Column[]::new);
        Column rank = row_number().over(Window.partitionBy(keys).orderBy(newestFirst(rows)));
        Dataset<Row> newest = rows.where(known)
                .withColumn(RANK, rank)
                .where(col(RANK).equalTo(1))
                .drop(RANK);
        return source.eventTime().map(time -> moved(newest, time)).orElse(newest);
    }

    private Column[] newestFirst(Dataset<Row> rows) {
        List<Column> order = new ArrayList<>();
        source.time().ifPresent(time -> {
            order.add(time.desc_nulls_last());
            order.add(source.moment().desc_nulls_last());
        });
        order.add(RowText.of(rows));
        return order.toArray(Column[]::new);
    }

    private Dataset<Row> moved(Dataset<Row> rows, String time) {
        return rows.withColumn(time, lit(at).cast(rows.schema().apply(time).dataType()));
    }
}

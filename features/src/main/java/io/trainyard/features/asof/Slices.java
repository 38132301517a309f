package io.trainyard.features.asof;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StructField;

/**
 * Hot keys cut into slices of time, so that no single task has to take all of one. An event goes into every slice in which it can still
 * be seen, so each slice knows all that the whole key would have known.
 *
 * @param cuts the keys, and as {@link #BOUNDS} the moments at which their second and later slices begin
 */
record Slices(List<JoinKey> keys, Dataset<Row> cuts, long hotKeys) {

    static final String SLICE = "slice";
    static final String BOUNDS = "bounds";

    static String cutKey(int key) {
        return "cut" + key;
    }

    Dataset<Row> examples(Dataset<Row> examples, Column time) {
        List<Column> kept = new ArrayList<>();
        Arrays.stream(examples.columns()).forEach(name -> kept.add(col(quoted(name))));
        kept.add(slice(time).as(SLICE));
        return withBounds(examples).select(kept.toArray(Column[]::new));
    }

    Dataset<Row> events(Dataset<Row> events, PartRows rows) {
        return rows.part() instanceof WindowPart windows
                ? copied(events, windows)
                : carried(events, (NewestPart) rows.part());
    }

    String describe() {
        return "%d keys with very many rows are cut into slices of time".formatted(hotKeys);
    }

    /** Into every slice that begins before the longest window has passed the event. */
    private Dataset<Row> copied(Dataset<Row> events, WindowPart part) {
        Column first = slice(col("visible"));
        Column last = slice(col("time").plus(lit(Moments.minus(part.longestReach(), 1))));
        return withBounds(events)
                .withColumn("first", first)
                .withColumn("last", last)
                .filter(col("first").leq(col("last")))
                .select(with(events, explode(sequence(col("first"), col("last")))));
    }

    /** Into its own slice, and the newest of each slice into all later ones, where it is one more candidate. */
    private Dataset<Row> carried(Dataset<Row> events, NewestPart part) {
        Dataset<Row> own = withBounds(events).withColumn(SLICE, slice(col("visible")));
        List<Column> groups = new ArrayList<>(KeyColumns.all(keys));
        groups.add(col(SLICE));
        groups.add(size(col(BOUNDS)).as("last"));
        Column event =
                struct(Arrays.stream(events.columns()).map(name -> col(name)).toArray(Column[]::new));
        Dataset<Row> newest = own.filter(col(BOUNDS).isNotNull())
                .groupBy(groups.toArray(Column[]::new))
                .agg(max(struct(order(events, part).as("order"), event.as("event")))
                        .as("newest"))
                .filter(col(SLICE).lt(col("last")))
                .select(
                        col("newest.event.*"),
                        explode(sequence(col(SLICE).plus(lit(1)), col("last"))).as(SLICE));
        return own.select(with(events, col(SLICE))).union(newest.select(with(events, col(SLICE))));
    }

    /** As {@link NewestPart} compares, 0.0 above -0.0 included. */
    private static Column order(Dataset<Row> events, NewestPart part) {
        List<Column> order = new ArrayList<>(List.of(col("time"), col("visible")));
        for (int position : part.values().positions()) {
            StructField field = events.schema().fields()[position];
            Column value = col(field.name());
            order.add(value);
            if (field.dataType() instanceof DoubleType || field.dataType() instanceof FloatType) {
                order.add(when(value.equalTo(lit(0)), not(value.cast("string").startsWith("-")))
                        .otherwise(false)
                        .as(field.name() + "_sign"));
            }
        }
        return struct(order.toArray(Column[]::new));
    }

    private Dataset<Row> withBounds(Dataset<Row> rows) {
        Column same = IntStream.range(0, keys.size())
                .mapToObj(i -> col(KeyColumns.name(i)).equalTo(col(cutKey(i))))
                .reduce(lit(true), Column::and);
        return rows.join(broadcast(cuts), same, "left");
    }

    private static Column slice(Column moment) {
        return when(col(BOUNDS).isNull(), lit(0)).otherwise(size(filter(col(BOUNDS), bound -> bound.leq(moment))));
    }

    private static Column[] with(Dataset<Row> rows, Column slice) {
        List<Column> columns = new ArrayList<>();
        Arrays.stream(rows.columns()).forEach(name -> columns.add(col(name)));
        columns.add(slice.as(SLICE));
        return columns.toArray(Column[]::new);
    }
}

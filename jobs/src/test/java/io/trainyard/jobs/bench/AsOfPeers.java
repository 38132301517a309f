package io.trainyard.jobs.bench;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.unix_micros;

import io.trainyard.features.asof.AsOfJoin;
import io.trainyard.features.asof.AsOfSettings;
import io.trainyard.features.asof.ViewRows;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.WindowSpec;

/** Ours and the plans of peers, rendered for the rows of the benchmark: their plans, not their own run time. */
final class AsOfPeers {

    private static final Source SOURCE = new Source("events", Location.Files.at("events"), Optional.of("at"));
    private static final long WEEK = Duration.ofDays(7).toSeconds() * 1_000_000;

    private AsOfPeers() {}

    /** For the newest value: ours comes first, and all others are checked against it. */
    static List<AsOfContestant> newest() {
        return List.of(
                new AsOfContestant("ours", true, rows -> ours(rows, newestView())),
                new AsOfContestant("shuffle and sort only (floor)", false, AsOfPeers::floor),
                new AsOfContestant("union and last value (tempo)", true, AsOfPeers::unionAndLast),
                new AsOfContestant("range join and row_number", true, AsOfPeers::rangeJoin),
                new AsOfContestant("join, row_number, join back (Feast)", true, AsOfPeers::joinBack),
                new AsOfContestant("Spark's joinAsOf", true, AsOfPeers::sparks));
    }

    /** For the mean over seven days. */
    static List<AsOfContestant> windows() {
        return List.of(
                new AsOfContestant("ours", true, rows -> ours(rows, windowView())),
                new AsOfContestant("shuffle and sort only (floor)", false, AsOfPeers::floor),
                new AsOfContestant("Spark's range window over the union", true, AsOfPeers::rangeWindow));
    }

    private static Dataset<Row> ours(AsOfRows rows, View view) {
        return new AsOfJoin(rows.examples().sparkSession(), AsOfSettings.defaults())
                .join(rows.examples(), "at", List.of(new ViewRows(view, rows.events(), Map.of())))
                .withColumnRenamed(view.features().get(0), "value");
    }

    private static View newestView() {
        return new View.Columns(
                "v",
                SOURCE,
                List.of(),
                entity(),
                Map.of("amount", "amount"),
                Optional.empty(),
                Duration.ZERO,
                List.of());
    }

    private static View windowView() {
        return new View.Aggregates(
                "v",
                SOURCE,
                List.of(),
                entity(),
                Map.of("amount", Aggregate.parse("avg(amount)")),
                List.of(new Window(Duration.ofDays(7))),
                Duration.ZERO,
                List.of());
    }

    private static List<EntityColumn> entity() {
        return List.of(EntityColumn.of("key"));
    }

    private static Dataset<Row> union(AsOfRows rows) {
        Dataset<Row> examples = rows.examples()
                .select(
                        col("key"),
                        col("at").as("moment"),
                        lit(1).as("side"),
                        col("id"),
                        lit(null).cast("double").as("amount"));
        return rows.events()
                .select(
                        col("key"),
                        col("_event_time").as("moment"),
                        lit(0).as("side"),
                        lit(null).cast("bigint").as("id"),
                        col("amount"))
                .union(examples);
    }

    private static Dataset<Row> floor(AsOfRows rows) {
        return union(rows).repartition(col("key")).sortWithinPartitions("key", "moment", "side");
    }

    private static Dataset<Row> unionAndLast(AsOfRows rows) {
        WindowSpec sofar = byKey("moment", "side").rowsBetween(Long.MIN_VALUE, 0);
        return union(rows)
                .withColumn("value", last(col("amount"), true).over(sofar))
                .filter(col("id").isNotNull());
    }

    /** Of all earlier events of the key, the newest. */
    private static Dataset<Row> rangeJoin(AsOfRows rows) {
        Dataset<Row> events = rows.events().withColumnRenamed("key", "k");
        Dataset<Row> pairs = rows.examples()
                .join(events, col("key").equalTo(col("k")).and(col("at").geq(col("_event_time"))), "left");
        return pairs.withColumn("place", place()).filter("place = 1").withColumnRenamed("amount", "value");
    }

    /** Finds the newest event's time for every example in one pass, and fetches its row in a second. */
    private static Dataset<Row> joinBack(AsOfRows rows) {
        Dataset<Row> events = rows.events().withColumnRenamed("key", "k");
        Dataset<Row> candidates = rows.examples()
                .join(
                        events,
                        col("key").equalTo(col("k")).and(col("_event_time").leq(col("at"))));
        Dataset<Row> found = candidates
                .withColumn("place", place())
                .filter("place = 1")
                .select(col("id").as("found"), col("amount").as("value"));
        return rows.examples().join(found, col("id").equalTo(col("found")), "left");
    }

    private static Dataset<Row> sparks(AsOfRows rows) {
        Dataset<Row> events = rows.events();
        Column same = rows.examples().col("key").equalTo(events.col("key"));
        return rows.examples()
                .joinAsOf(
                        events,
                        rows.examples().col("at"),
                        events.col("_event_time"),
                        same,
                        "left",
                        null,
                        true,
                        "backward")
                .withColumnRenamed("amount", "value");
    }

    private static Dataset<Row> rangeWindow(AsOfRows rows) {
        Dataset<Row> union = union(rows).withColumn("micros", unix_micros(col("moment")));
        WindowSpec week = byKey("micros").rangeBetween(1 - WEEK, 0);
        return union.withColumn("value", avg(col("amount")).over(week))
                .filter(col("id").isNotNull());
    }

    /** Of an example's events, the newest first. */
    private static Column place() {
        return row_number()
                .over(org.apache.spark.sql.expressions.Window.partitionBy("id")
                        .orderBy(col("_event_time").desc()));
    }

    private static WindowSpec byKey(String... order) {
        Column[] columns = Arrays.stream(order).map(name -> col(name)).toArray(Column[]::new);
        return org.apache.spark.sql.expressions.Window.partitionBy("key").orderBy(columns);
    }
}

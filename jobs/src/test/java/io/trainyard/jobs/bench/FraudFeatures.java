package io.trainyard.jobs.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.asof.AsOfJoin;
import io.trainyard.features.asof.AsOfSettings;
import io.trainyard.features.asof.ViewRows;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Count and mean over 1, 7 and 30 days for each customer, and for each terminal as of a week before: twelve features of real rows. */
record FraudFeatures(Path data, int runs, PandasWindows pandas) {

    Report measure(SparkSession spark, Report before) throws IOException, InterruptedException {
        Path file = data.resolve("fraud").resolve("transactions.parquet");
        // As moments, as a feature table has them: turning local times into them takes longer than moving the rows.
        spark.conf().set("spark.sql.parquet.inferTimestampNTZ.enabled", false);
        Dataset<Row> rows = spark.read()
                .parquet(file.toString())
                .selectExpr(
                        "TRANSACTION_ID as id",
                        "CUSTOMER_ID as customer",
                        "TERMINAL_ID as terminal",
                        "TX_AMOUNT as amount",
                        "TX_FRAUD as fraud",
                        "TX_DATETIME as at");
        List<Double> ours = new ArrayList<>();
        List<Double> floor = new ArrayList<>();
        for (int run = 0; run <= runs; run++) {
            ours.add(seconds(() -> joined(spark, rows)));
            floor.add(seconds(() -> moved(rows)));
        }
        Measurement measured = new Measurement("ours", 1, 1, ours.subList(1, runs + 1));
        List<Measurement> all = new ArrayList<>(List.of(
                measured,
                new Measurement("two shuffles and sorts of the rows only (floor)", 1, 1, floor.subList(1, runs + 1))));
        if (pandas.installed()) {
            all.add(new Measurement("pandas rolling, one core, rows in memory", 1, 1, pandas.seconds(file, runs)));
        }
        return report(measured, all, before);
    }

    private static double seconds(Supplier<Dataset<Row>> rows) {
        Stopwatch stopwatch = new Stopwatch();
        rows.get().write().format("noop").mode("overwrite").save();
        return stopwatch.seconds();
    }

    private static Dataset<Row> joined(SparkSession spark, Dataset<Row> rows) {
        List<ViewRows> views = List.of(
                view("customer", "amount", Duration.ZERO, rows), view("terminal", "fraud", Duration.ofDays(7), rows));
        return new AsOfJoin(spark, AsOfSettings.defaults()).join(rows, "at", views);
    }

    private static Dataset<Row> moved(Dataset<Row> rows) {
        return rows.repartition(col("customer"))
                .sortWithinPartitions("customer", "at")
                .withColumn("six", lit(0.0))
                .repartition(col("terminal"))
                .sortWithinPartitions("terminal", "at");
    }

    private static ViewRows view(String entity, String argument, Duration delay, Dataset<Row> rows) {
        Map<String, Aggregate> aggregates = new LinkedHashMap<>();
        aggregates.put("count", Aggregate.parse("count(*)"));
        aggregates.put("mean", Aggregate.parse("avg(%s)".formatted(argument)));
        View view = new View.Aggregates(
                entity,
                new Source("transactions", Location.Files.at("transactions"), Optional.of("at")),
                List.of(),
                List.of(EntityColumn.of(entity)),
                aggregates,
                List.of(days(1), days(7), days(30)),
                delay,
                List.of());
        return new ViewRows(
                view,
                rows.select(
                        col(entity),
                        col("at").as(ViewRows.EVENT_TIME),
                        col(argument).as("mean")),
                Map.of());
    }

    private static Window days(int count) {
        return new Window(Duration.ofDays(count));
    }

    private Report report(Measurement ours, List<Measurement> all, Report before) {
        Table table = new Table("contestant", "seconds (median, min to max)", "time beside ours");
        ObjectNode json = before.json();
        ArrayNode fraud = json.putArray("fraud");
        for (Measurement each : all) {
            table.add(each.contestant(), each.secondsText(), "%.2f×".formatted(each.ratioTo(ours)));
            fraud.add(each.json(ours));
        }
        String missing = all.size() == 3 ? "" : "pandas is not installed: no figure of it\n";
        return new Report(before.text() + "\n12 features of the fraud data\n\n" + table.text() + missing, json);
    }
}

package io.trainyard.jobs.bench;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile_approx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.profile.NumberProfile;
import io.trainyard.features.profile.Profile;
import io.trainyard.features.profile.ProfileJson;
import io.trainyard.features.profile.Profiles;
import io.trainyard.features.profile.TextProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/**
 * A profile of all columns beside what Spark has for the same: deciles of the numbers and distinct counts of all, in one aggregation.
 *
 * @param warmUps rounds before those that are measured
 * @param runs measured rounds, in which both take turns
 */
record ProfileBench(SparkSession spark, long rows, int warmUps, int runs) {

    private static final int ACCURACY = 10_000; // the default of percentile_approx

    Report measure() throws IOException {
        try (WorkFolder folder = new WorkFolder()) {
            String stored = folder.path().resolve("rows").toString();
            ProfileRows.simulated(spark, rows).write().parquet(stored);
            Dataset<Row> table = spark.read().parquet(stored);
            List<Double> ours = new ArrayList<>();
            List<Double> peers = new ArrayList<>();
            for (int round = 0; round < warmUps + runs; round++) {
                double profiling = seconds(() -> Profiles.of(table));
                double aggregating = seconds(() -> aggregate(table));
                if (round >= warmUps) {
                    ours.add(profiling);
                    peers.add(aggregating);
                }
            }
            return report(
                    new Measurement("profile", 1, 1, ours),
                    new Measurement("percentile_approx, approx_count_distinct", 1, 1, peers),
                    Profiles.of(table),
                    aggregate(table));
        }
    }

    private static double seconds(Runnable work) {
        Stopwatch stopwatch = new Stopwatch();
        work.run();
        return stopwatch.seconds();
    }

    private static Row aggregate(Dataset<Row> table) {
        Column tenths = array(DoubleStream.iterate(0.1, share -> share < 0.95, share -> share + 0.1)
                .mapToObj(share -> lit(share))
                .toArray(Column[]::new));
        List<Column> aggregates = new ArrayList<>();
        for (StructField field : table.schema().fields()) {
            aggregates.add(approx_count_distinct(field.name()).as("distinct " + field.name()));
            if (field.dataType() instanceof NumericType) {
                aggregates.add(percentile_approx(col(field.name()), tenths, lit(ACCURACY))
                        .as("tenths " + field.name()));
            }
        }
        return table.agg(
                        aggregates.get(0),
                        aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
                .first();
    }

    private Report report(Measurement ours, Measurement peers, Profile profile, Row aggregated) {
        double ratio = 1 / peers.ratioTo(ours);
        int bytes = ProfileJson.write(profile).getBytes(StandardCharsets.UTF_8).length;
        double apart = farthest(profile, aggregated);
        Table table = new Table("contestant", "seconds (median, min to max)", "time beside the peer");
        table.add(ours.contestant(), ours.secondsText(), "%.2f×".formatted(ratio));
        table.add(peers.contestant(), peers.secondsText(), "1.00×");
        String text = "profile: %,d rows × %d columns, median of %d rounds after %d to warm up\n\n%s\n"
                .formatted(rows, profile.columns().size(), runs, warmUps, table.text());
        String found = "The stored profile has %,d bytes; distinct counts of both differ by at most %.1f %%\n"
                .formatted(bytes, 100 * apart);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "profile");
        json.put("rows", rows).put("columns", profile.columns().size()).put("ratio", ratio);
        json.put("stored_bytes", bytes).put("distinct_apart", apart);
        ArrayNode contestants = json.putArray("contestants");
        contestants.add(ours.json(ours)).add(peers.json(ours));
        return new Report(text + found, json);
    }

    /** The greatest relative difference of the distinct counts of both: that they did the same. */
    private static double farthest(Profile profile, Row aggregated) {
        return Arrays.stream(aggregated.schema().fieldNames())
                .filter(name -> name.startsWith("distinct "))
                .mapToDouble(name -> {
                    double theirs = aggregated.<Long>getAs(name).doubleValue();
                    return Math.abs(distinct(profile, name.substring("distinct ".length())) / theirs - 1);
                })
                .max()
                .orElseThrow();
    }

    private static double distinct(Profile profile, String column) {
        var found = profile.column(column).orElseThrow();
        if (found instanceof NumberProfile number) {
            return (double) number.distinct().estimate();
        }
        return found instanceof TextProfile text ? (double) text.distinct().estimate() : 2;
    }
}

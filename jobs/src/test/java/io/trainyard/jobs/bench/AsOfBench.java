package io.trainyard.jobs.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The as-of join beside other plans for it. Every contestant runs once to be checked against ours and to warm up, then so many times to
 * be measured, its rows going nowhere.
 *
 * @param runs how many are measured
 */
record AsOfBench(int runs, LimitedRun limited) {

    /** Peers sum as values come, which rounds; what differs by more is another value. */
    private static final double ROUNDING = 1e-9;

    void measure(String name, AsOfRows rows, List<AsOfContestant> contestants, Table table, ArrayNode json)
            throws InterruptedException {
        AsOfContestant ours = contestants.get(0);
        Optional<Measurement> base = Optional.empty();
        for (AsOfContestant contestant : contestants) {
            Result result = run(contestant, ours, rows);
            if (contestant.equals(ours)) {
                base = result.measurement();
            }
            String ratio = result.measurement().isPresent() && base.isPresent()
                    ? "%.2f×".formatted(result.measurement().get().ratioTo(base.get()))
                    : "";
            table.add(
                    contestant.name(),
                    name,
                    rows.name(),
                    result.measurement().map(Measurement::secondsText).orElse(result.note()),
                    result.checked(),
                    ratio);
            json.add(json(name, rows, contestant, result));
        }
    }

    /** What became of a contestant. */
    private record Result(Optional<Measurement> measurement, String checked, String note) {}

    private Result run(AsOfContestant contestant, AsOfContestant ours, AsOfRows rows) throws InterruptedException {
        List<String> checked = new ArrayList<>();
        LimitedRun.Outcome outcome = limited.run(
                contestant.name(),
                () -> checked.add(contestant.comparable() ? check(contestant, ours, rows) : "moves rows only"));
        List<Double> seconds = new ArrayList<>();
        for (int run = 0; run <= runs && outcome instanceof LimitedRun.Outcome.Done; run++) {
            outcome = limited.run(
                    contestant.name(), () -> discard(contestant.join().apply(rows)));
            // The first is not counted: its code is compiled as it runs.
            if (run > 0 && outcome instanceof LimitedRun.Outcome.Done done) {
                seconds.add(done.seconds());
            }
        }
        if (outcome instanceof LimitedRun.Outcome.Done) {
            return new Result(Optional.of(new Measurement(contestant.name(), 1, 1, seconds)), checked.get(0), "");
        }
        String note = outcome instanceof LimitedRun.Outcome.Failed failed
                ? "failed: " + failed.message()
                : "over %d s".formatted(limited.limit().toSeconds());
        return new Result(Optional.empty(), checked.isEmpty() ? "" : checked.get(0), note);
    }

    private static void discard(Dataset<Row> rows) {
        rows.write().format("noop").mode("overwrite").save();
    }

    /** Rows out against rows in, and how many values are not as ours. */
    private static String check(AsOfContestant contestant, AsOfContestant ours, AsOfRows rows) {
        Dataset<Row> found = contestant.join().apply(rows).select(col("id"), col("value"));
        Dataset<Row> expected = ours.join()
                .apply(rows)
                .select(col("id").as("our_id"), col("value").as("our_value"));
        Column near = col("value")
                .minus(col("our_value"))
                .between(-ROUNDING, ROUNDING)
                .or(col("value").eqNullSafe(col("our_value")));
        Column differs = near.isNull().or(not(near));
        long out = found.count();
        long in = rows.examples().count();
        long mismatches = contestant.equals(ours)
                ? 0
                : found.join(expected, col("id").equalTo(col("our_id")), "full")
                        .filter(differs)
                        .agg(count(lit(1)).as("count"))
                        .first()
                        .getAs("count");
        return "%,d of %,d rows, %,d differ".formatted(out, in, mismatches);
    }

    private static ObjectNode json(String name, AsOfRows rows, AsOfContestant contestant, Result result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("contestant", contestant.name()).put("join", name).put("keys", rows.name());
        json.put("checked", result.checked()).put("note", result.note());
        ArrayNode seconds = json.putArray("runs");
        result.measurement().ifPresent(measured -> measured.seconds().forEach(seconds::add));
        return json;
    }
}

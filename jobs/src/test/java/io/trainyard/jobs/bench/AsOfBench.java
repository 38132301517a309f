package io.trainyard.jobs.bench;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

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
 * The as-of join beside other plans for it. Every contestant is checked against ours; then all take turns, so that a drift of the machine
 * meets all of them, their rows going nowhere.
 *
 * @param warmUps rounds before those that are measured, while code is compiled as it runs
 * @param runs how many rounds are measured
 */
record AsOfBench(int warmUps, int runs, LimitedRun limited) {

    /** Peers sum as values come, which rounds; what differs by more is another value. */
    private static final double ROUNDING = 1e-9;

    void measure(String name, AsOfRows rows, List<AsOfContestant> contestants, Table table, ArrayNode json)
            throws InterruptedException {
        List<Entry> entries = new ArrayList<>();
        for (AsOfContestant contestant : contestants) {
            Entry entry = new Entry(contestant);
            entry.check(contestants.get(0), rows);
            entries.add(entry);
        }
        for (int round = 0; round < warmUps + runs; round++) {
            for (Entry entry : entries) {
                entry.run(rows, round >= warmUps);
            }
        }
        Optional<Measurement> ours = entries.get(0).measurement();
        for (Entry entry : entries) {
            Optional<Measurement> measured = entry.measurement();
            table.add(
                    entry.contestant.name(),
                    name,
                    rows.name(),
                    measured.map(Measurement::secondsText).orElse(entry.note),
                    entry.checked,
                    measured.isPresent() && ours.isPresent()
                            ? "%.2f×".formatted(measured.get().ratioTo(ours.get()))
                            : "");
            json.add(entry.json(name, rows));
        }
    }

    /** A contestant and what became of it. */
    private final class Entry {
        private final AsOfContestant contestant;
        private final List<Double> seconds = new ArrayList<>();
        private String checked = "";
        private String note = "";

        Entry(AsOfContestant contestant) {
            this.contestant = contestant;
        }

        /** Not before it has run within the limit: the comparison takes time of its own. */
        void check(AsOfContestant ours, AsOfRows rows) throws InterruptedException {
            run(rows, false);
            if (note.isEmpty()) {
                checked = contestant.comparable() ? differences(contestant, ours, rows) : "moves rows only";
            }
        }

        void run(AsOfRows rows, boolean measured) throws InterruptedException {
            if (!note.isEmpty()) {
                return;
            }
            LimitedRun.Outcome outcome = limited.run(
                    contestant.name(), () -> discard(contestant.join().apply(rows)));
            if (outcome instanceof LimitedRun.Outcome.Failed failed) {
                note = "failed: " + failed.message();
            } else if (outcome instanceof LimitedRun.Outcome.Done done) {
                if (measured) {
                    seconds.add(done.seconds());
                }
            } else {
                note = "over %d s".formatted(limited.limit().toSeconds());
            }
        }

        Optional<Measurement> measurement() {
            return note.isEmpty() ? Optional.of(new Measurement(contestant.name(), 1, 1, seconds)) : Optional.empty();
        }

        ObjectNode json(String join, AsOfRows rows) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("contestant", contestant.name()).put("join", join).put("keys", rows.name());
            json.put("checked", checked).put("note", note);
            ArrayNode all = json.putArray("runs");
            seconds.forEach(all::add);
            return json;
        }
    }

    private static void discard(Dataset<Row> rows) {
        rows.write().format("noop").mode("overwrite").save();
    }

    /** Rows out against rows in, and how many values are not as ours. */
    private static String differences(AsOfContestant contestant, AsOfContestant ours, AsOfRows rows) {
        Dataset<Row> found = contestant.join().apply(rows).select(col("id"), col("value"));
        Dataset<Row> expected = ours.join()
                .apply(rows)
                .select(col("id").as("our_id"), col("value").as("our_value"));
        Column near = coalesce(
                col("value")
                        .minus(col("our_value"))
                        .between(-ROUNDING, ROUNDING)
                        .or(col("value").eqNullSafe(col("our_value"))),
                lit(false));
        Row counted = found.join(expected, col("id").equalTo(col("our_id")), "full")
                .agg(
                        count(col("id")).as("out"),
                        count(when(
                                        not(near)
                                                .or(col("id").isNull())
                                                .or(col("our_id").isNull()),
                                        1))
                                .as("differ"))
                .first();
        return "%,d of %,d rows, %,d differ"
                .formatted(counted.<Long>getAs("out"), rows.examples().count(), counted.<Long>getAs("differ"));
    }
}

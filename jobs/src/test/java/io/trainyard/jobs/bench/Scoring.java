package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * How fast a plain JVM scores on one core, in batches and row by row, by JMH.
 *
 * @param batch rows
 * @param forks processes a benchmark, 0 for this one
 * @param seconds of one iteration; three to warm up, five to measure
 */
record Scoring(ScoringModel model, int batch, int forks, double seconds) {
    private static final double MICROSECONDS = 1e3;
    private static final double SECONDS = 1e9;

    /** @param ours the contestant that it is compared with */
    private record Line(String benchmark, String contestant, boolean ours) {}

    private static final List<Line> BATCHES = List.of(
            new Line("batchOfArrays", "ours, rows as arrays", true),
            new Line("batchOfMaps", "ours, rows as maps", true),
            new Line("batchOfColumns", "ours, columns", true),
            new Line("batchInPlace", "XGBoost4J, inplace_predict", false),
            new Line("batchInMatrix", "XGBoost4J, DMatrix and predict", false));

    private static final List<Line> ROWS =
            List.of(new Line("row", "ours, a map", true), new Line("rowInPlace", "XGBoost4J, inplace_predict", false));

    Report measure() throws Exception {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "scoring");
        json.putObject("settings")
                .put("trees", model.trees())
                .put("depth", model.depth())
                .put("columns", model.columns())
                .put("texts", model.texts())
                .put("batch", batch);
        try (WorkFolder folder = new WorkFolder()) {
            Path bundle = folder.path().resolve("bundle");
            model.write(bundle);
            String text = "scoring: %d trees of depth %d, %d columns, %d of them texts; one thread\n\n"
                            .formatted(model.trees(), model.depth(), model.columns(), model.texts())
                    + batches(bundle, json.putArray("batches"))
                    + "\n"
                    + rows(bundle, json.putArray("rows"));
            return new Report(text, json);
        }
    }

    private String batches(Path bundle, ArrayNode json) throws Exception {
        Table table = new Table("%,d rows at once".formatted(batch), "rows a second", "ours is");
        List<Statistics> all = run(bundle, BATCHES);
        double ours = batch / all.get(0).getMean() * SECONDS;
        for (int i = 0; i < all.size(); i++) {
            double rate = batch / all.get(i).getMean() * SECONDS;
            Line line = BATCHES.get(i);
            table.add(line.contestant(), "%,.0f".formatted(rate), line.ours() ? "" : "%.1f×".formatted(ours / rate));
            json.addObject().put("contestant", line.contestant()).put("rows_per_second", rate);
        }
        return table.text();
    }

    private String rows(Path bundle, ArrayNode json) throws Exception {
        Table table = new Table("a single row", "median in µs", "99 % in µs", "ours is");
        List<Statistics> all = run(bundle, ROWS);
        double ours = all.get(0).getPercentile(50);
        for (int i = 0; i < all.size(); i++) {
            double median = all.get(i).getPercentile(50);
            double late = all.get(i).getPercentile(99);
            Line line = ROWS.get(i);
            table.add(
                    line.contestant(),
                    "%.1f".formatted(median / MICROSECONDS),
                    "%.1f".formatted(late / MICROSECONDS),
                    line.ours() ? "" : "%.1f×".formatted(median / ours));
            json.addObject()
                    .put("contestant", line.contestant())
                    .put("median_microseconds", median / MICROSECONDS)
                    .put("late_microseconds", late / MICROSECONDS);
        }
        return table.text();
    }

    private List<Statistics> run(Path bundle, List<Line> lines) throws Exception {
        List<Statistics> all = new ArrayList<>();
        for (Line line : lines) {
            RunResult result = new Runner(new OptionsBuilder()
                            .include(ScoringBenchmarks.class.getName() + "\\." + line.benchmark() + "$")
                            .param("bundle", bundle.toString())
                            .param("batch", Integer.toString(batch))
                            .forks(forks)
                            .threads(1)
                            .warmupIterations(3)
                            .warmupTime(time())
                            .measurementIterations(5)
                            .measurementTime(time())
                            .verbosity(VerboseMode.SILENT)
                            .shouldFailOnError(true)
                            .build())
                    .runSingle();
            all.add(result.getPrimaryResult().getStatistics());
        }
        return all;
    }

    private TimeValue time() {
        return TimeValue.milliseconds((long) (1_000 * seconds));
    }
}

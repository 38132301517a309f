package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.learner.TrialSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The same configurations on all cores and on one GPU, from first ask to last tell, and how far their values are apart.
 *
 * @param rounds boosting rounds of every configuration
 * @param configurations of every search
 * @param cores configurations at once on the processor, one thread each
 * @param shares of the GPU: configurations at once on it, for one search each
 */
record GpuSearch(int rounds, int configurations, int cores, List<Integer> shares) {
    private static final Map<String, String> GPU = Map.of(TrialSettings.DEVICE, "cuda");

    Report measure(Dataset<Row> rows, int columns) throws Exception {
        try (WorkFolder folder = new WorkFolder()) {
            Contestant.Run processor = run(rows, columns, cores, folder.path(), Map.of());
            Table table =
                    new Table("contestant", "at once", "loading, s", "search, s", "trials/min", "ratio", "|ΔAUC|");
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "gpu-search");
            ArrayNode contestants = json.putArray("contestants");
            add(table, contestants, "cores", cores, processor, processor);
            for (int share : shares) {
                add(table, contestants, "GPU", share, run(rows, columns, share, folder.path(), GPU), processor);
            }
            String title = "gpu-search: %,d columns, %d configurations of %d rounds%n%n"
                    .formatted(columns, configurations, rounds);
            return new Report(title + table.text(), json);
        }
    }

    /** One configuration is tried on a GPU before, which wakes it. */
    private Contestant.Run run(Dataset<Row> rows, int columns, int slots, Path folder, Map<String, String> fixed)
            throws Exception {
        Contestant contestant = new ResidentSearch(rows, columns, slots, rounds, folder, fixed);
        if (!fixed.isEmpty()) {
            contestant.run(Configuration.draw(1));
        }
        Contestant.Run run = contestant.run(Configuration.draw(configurations));
        System.err.printf("%s %d at once: %.1f s%n", fixed, slots, run.search());
        return run;
    }

    private void add(
            Table table, ArrayNode json, String name, int atOnce, Contestant.Run run, Contestant.Run processor) {
        double apart = IntStream.range(0, configurations)
                .mapToDouble(index ->
                        Math.abs(run.values().get(index) - processor.values().get(index)))
                .max()
                .orElse(0);
        double ratio = processor.search() / run.search();
        table.add(
                name,
                Integer.toString(atOnce),
                "%.1f".formatted(run.loading()),
                "%.1f".formatted(run.search()),
                "%.1f".formatted(60 * configurations / run.search()),
                "%.1f×".formatted(ratio),
                "%.6f".formatted(apart));
        json.addObject()
                .put("contestant", name)
                .put("at_once", atOnce)
                .put("loading_seconds", run.loading())
                .put("search_seconds", run.search())
                .put("ratio", ratio)
                .put("auc_apart", apart);
    }
}

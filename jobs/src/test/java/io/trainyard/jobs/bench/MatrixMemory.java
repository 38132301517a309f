package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How much native memory trials take at their peak: loading, and training as many as there are slots. The heap must have been touched
 * before, or its growth would count.
 */
record MatrixMemory(int rounds, int slots) {
    private static final int FEW = 2_000;

    Report measure(Dataset<Row> rows) throws Exception {
        int columns = rows.first().<Vector>getAs(BenchRows.FEATURES).size();
        long raw = rows.count() * columns * Float.BYTES;
        Table table = new Table("contestant", "native memory at the peak", "over the rows as plain floats");
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("bench", "matrix-memory")
                .put("raw", raw);
        ArrayNode results = json.putArray("results");
        try (WorkFolder folder = new WorkFolder()) {
            Dataset<Row> few = rows.limit(FEW);
            // Code that runs for the first time takes memory of its own.
            new ResidentSearch(few, columns, slots, rounds, folder.path().resolve("few"))
                    .run(Configuration.draw(slots));
            new NativeSearch(few, columns, slots, rounds).run(Configuration.draw(slots));
            for (Contestant contestant : List.of(
                    new ResidentSearch(
                            rows, columns, slots, rounds, folder.path().resolve("all")),
                    new NativeSearch(rows, columns, slots, rounds))) {
                System.gc();
                ResidentMemory.resetPeak();
                long before = ResidentMemory.now();
                contestant.run(Configuration.draw(slots));
                long peak = ResidentMemory.peak() - before;
                table.add(contestant.name(), "%d MiB".formatted(peak >> 20), "%.2f×".formatted(peak / (double) raw));
                results.addObject().put("contestant", contestant.name()).put("peak", peak);
            }
        }
        return new Report(
                "matrix-memory: %,d × %d rows of %d MiB as plain floats, a fifth of them for validation; %d trials at once\n\n"
                                .formatted(rows.count(), columns, raw >> 20, slots)
                        + table.text(),
                json);
    }
}

package io.trainyard.jobs.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.jobs.config.SplitConfig;
import io.trainyard.registry.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * On how many rows a model was fitted and tested, stored in its bundle as {@code training.json}.
 *
 * @param rows of the training set
 * @param fitted rows of the final fit
 * @param tested rows of the test
 * @param split how they were told apart, in words
 * @param labels rows by label; empty for a number of many values
 * @param dropped rows of the sources that were no examples, by reason
 */
public record TrainedRows(
        long rows,
        long fitted,
        long tested,
        String split,
        SortedMap<String, Long> labels,
        SortedMap<String, Long> dropped) {
    public static final String FILE = "training.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    public TrainedRows {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    }

    public static TrainedRows of(TrainingSetBuilder.Result built, SplitConfig split) {
        return new TrainedRows(
                built.set().table().rows(),
                built.sizes().finalTrain(),
                built.sizes().finalTest(),
                words(split),
                built.labels(),
                built.dropped());
    }

    private static String words(SplitConfig split) {
        if (split instanceof SplitConfig.Hash hash) {
            return "by a hash of " + hash.on().map("the column '%s'"::formatted).orElse("the key");
        }
        if (split instanceof SplitConfig.Column column) {
            return "by the values of the column '%s'".formatted(column.column());
        }
        SplitConfig.Time time = (SplitConfig.Time) split;
        return "by time: the test is from %s to %s"
                .formatted(time.test().from(), time.test().to());
    }

    public void write(Path bundle) throws IOException {
        ObjectNode root = JSON.createObjectNode()
                .put("format", 1)
                .put("rows", rows)
                .put("fitted", fitted)
                .put("tested", tested)
                .put("split", split);
        labels.forEach(root.putObject("labels")::put);
        dropped.forEach(root.putObject("dropped")::put);
        Files.write(bundle.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }

    /** Empty for a bundle that does not say it. */
    public static Optional<TrainedRows> read(Bundle bundle) throws IOException {
        Path file = bundle.directory().resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode root = JSON.readTree(file.toFile());
        return Optional.of(new TrainedRows(
                root.path("rows").asLong(),
                root.path("fitted").asLong(),
                root.path("tested").asLong(),
                root.path("split").asText(),
                counts(root.path("labels")),
                counts(root.path("dropped"))));
    }

    private static SortedMap<String, Long> counts(JsonNode node) {
        SortedMap<String, Long> counts = new TreeMap<>();
        node.fields()
                .forEachRemaining(
                        field -> counts.put(field.getKey(), field.getValue().asLong()));
        return counts;
    }
}

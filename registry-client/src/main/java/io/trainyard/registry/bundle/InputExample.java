package io.trainyard.registry.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.registry.JsonText;
import io.trainyard.registry.encoding.ColumnSummary;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A row of encoded columns that a model takes, in the form that MLflow keeps examples in: {@code input_example.json}. It is made of the
 * mean of each number and the most frequent category of each text, and no row that anybody has, so that it gives nobody away.
 */
public final class InputExample {
    /** The file in the bundle. */
    public static final String FILE = "input_example.json";

    private InputExample() {}

    /**
     * Writes it into a folder that is to become a bundle.
     *
     * @param columns what the training rows have of each feature
     */
    public static void write(Path folder, Encoding encoding, List<ColumnSummary> columns) throws IOException {
        Object[] typical = encoding.features().stream()
                .map(feature -> typical(feature, columns))
                .toArray();
        ObjectNode example = JsonNodeFactory.instance.objectNode();
        encoding.columns().forEach(example.putArray("columns")::add);
        ArrayNode row = example.putArray("data").addArray();
        for (float value : encoding.encoder().encode(typical)) {
            if (Float.isNaN(value)) {
                row.addNull();
            } else {
                row.add(value);
            }
        }
        Files.write(folder.resolve(FILE), JsonText.write(example).getBytes(StandardCharsets.UTF_8));
    }

    private static Object typical(Feature feature, List<ColumnSummary> columns) {
        ColumnSummary summary = columns.stream()
                .filter(column -> column.name().equals(feature.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no summary of the feature '%s'".formatted(feature.name())));
        if (summary.kind() != ColumnSummary.Kind.TEXT) {
            return summary.mean();
        }
        return summary.categories().entrySet().stream()
                .max(Comparator.comparing(Map.Entry<String, Long>::getValue))
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}

package io.trainyard.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.source.SourceColumns;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.encoding.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a model's features are computed from a row, stored in its bundle as {@code features.json}: a model is always scored with the
 * features that it was trained on, whatever the pipeline file says by then.
 *
 * @param expressions SQL by the feature's name
 */
record FeatureExpressions(Map<String, String> expressions) {
    private static final String FILE = "features.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    static FeatureExpressions of(Pipeline pipeline, Encoding encoding) {
        Map<String, String> declared = pipeline.training().features();
        Map<String, String> expressions = new LinkedHashMap<>();
        encoding.features()
                .forEach(feature -> expressions.put(
                        feature.name(), declared.getOrDefault(feature.name(), SourceColumns.quoted(feature.name()))));
        return new FeatureExpressions(expressions);
    }

    void write(Path bundle) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("format", 1);
        ObjectNode features = root.putObject("features");
        expressions.forEach(features::put);
        Files.write(bundle.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }

    static FeatureExpressions read(Bundle bundle) throws IOException {
        JsonNode root = JSON.readTree(bundle.directory().resolve(FILE).toFile());
        Map<String, String> expressions = new LinkedHashMap<>();
        root.required("features")
                .fields()
                .forEachRemaining(feature ->
                        expressions.put(feature.getKey(), feature.getValue().textValue()));
        return new FeatureExpressions(expressions);
    }
}

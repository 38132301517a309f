package io.trainyard.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.build.FeatureStore;
import io.trainyard.features.source.SourceColumns;
import io.trainyard.features.view.View;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a model's features are computed from a row, stored in its bundle as {@code features.json}: a model is always scored with the
 * features that it was trained on, whatever the pipeline file says by then.
 *
 * @param expressions SQL by the feature's name, of features that no view makes
 * @param views hash over the declaration of each view by its name
 */
record FeatureExpressions(Map<String, String> expressions, Map<String, String> views) {
    static final String FILE = "features.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    static FeatureExpressions of(Pipeline pipeline, Encoding encoding) {
        Map<String, String> declared = pipeline.training().features();
        Map<String, String> views = new TreeMap<>();
        Set<String> joined = new HashSet<>();
        Declarations.training(pipeline).views().forEach(view -> {
            views.put(view.name(), FeatureStore.fingerprint(view));
            joined.addAll(view.features());
        });
        Map<String, String> expressions = new LinkedHashMap<>();
        encoding.features().stream()
                .map(Feature::name)
                .filter(name -> !joined.contains(name))
                .forEach(name -> expressions.put(name, declared.getOrDefault(name, SourceColumns.quoted(name))));
        return new FeatureExpressions(expressions, views);
    }

    /** A model is joined to the views that it was trained with; what a view means now may be something else. */
    void requireViews(ModelVersion version, Pipeline pipeline) {
        Map<String, View> declared =
                Declarations.training(pipeline).views().stream().collect(Collectors.toMap(View::name, view -> view));
        views.forEach((name, fingerprint) -> {
            if (!declared.containsKey(name)) {
                throw new JobException(
                        "Cannot score with version %d of %s: it was trained with view '%s', which training.views does not name any more; add it, or train a new version"
                                .formatted(version.number(), version.model(), name));
            }
            if (!FeatureStore.fingerprint(declared.get(name)).equals(fingerprint)) {
                throw new JobException(
                        "Cannot score with version %d of %s: view '%s' was declared otherwise when it was trained; train a new version, or restore the view"
                                .formatted(version.number(), version.model(), name));
            }
        });
    }

    void write(Path bundle) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("format", 1);
        ObjectNode features = root.putObject("features");
        expressions.forEach(features::put);
        views.forEach(root.putObject("views")::put);
        Files.write(bundle.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }

    static FeatureExpressions read(Bundle bundle) throws IOException {
        JsonNode root = JSON.readTree(bundle.directory().resolve(FILE).toFile());
        Map<String, String> expressions = new LinkedHashMap<>();
        root.required("features")
                .fields()
                .forEachRemaining(feature ->
                        expressions.put(feature.getKey(), feature.getValue().textValue()));
        Map<String, String> views = new TreeMap<>();
        root.path("views")
                .fields()
                .forEachRemaining(
                        view -> views.put(view.getKey(), view.getValue().textValue()));
        return new FeatureExpressions(expressions, views);
    }
}

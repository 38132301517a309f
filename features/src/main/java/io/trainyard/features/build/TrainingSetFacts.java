package io.trainyard.features.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.build.FeatureColumn.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is noted beside a version, from which a training set and the account of its build can be told again. */
record TrainingSetFacts(
        String label,
        List<FeatureColumn> features,
        List<Input> inputs,
        SortedMap<String, Long> labels,
        SortedMap<String, Long> dropped,
        SplitSizes sizes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    String toJson() {
        ObjectNode root = JSON.createObjectNode().put("label", label);
        var featureNodes = root.putArray("features");
        features.forEach(feature -> featureNodes
                .addObject()
                .put("name", feature.name())
                .put("column", feature.column())
                .put("kind", feature.kind().name()));
        var inputNodes = root.putArray("inputs");
        inputs.forEach(input -> inputNodes.add(input.toJson()));
        labels.forEach(root.putObject("labels")::put);
        dropped.forEach(root.putObject("dropped")::put);
        ObjectNode rows = root.putObject("rows");
        var folds = rows.putArray("folds");
        sizes.folds()
                .forEach(fold -> folds.addObject().put("train", fold.train()).put("validation", fold.validation()));
        rows.put("final_train", sizes.finalTrain()).put("final_test", sizes.finalTest());
        return root.toString();
    }

    static TrainingSetFacts ofJson(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Facts of a training set must be JSON, but they are: " + json, e);
        }
        JsonNode rows = root.path("rows");
        return new TrainingSetFacts(
                root.path("label").asText(),
                features(root.path("features")),
                inputs(root.path("inputs")),
                counts(root.path("labels")),
                counts(root.path("dropped")),
                new SplitSizes(
                        folds(rows.path("folds")),
                        rows.path("final_train").asLong(),
                        rows.path("final_test").asLong()));
    }

    private static List<SplitSizes.Fold> folds(JsonNode nodes) {
        List<SplitSizes.Fold> folds = new ArrayList<>();
        nodes.forEach(node -> folds.add(new SplitSizes.Fold(
                node.path("train").asLong(), node.path("validation").asLong())));
        return folds;
    }

    private static List<FeatureColumn> features(JsonNode nodes) {
        List<FeatureColumn> features = new ArrayList<>();
        nodes.forEach(node -> features.add(new FeatureColumn(
                node.path("name").asText(),
                node.path("column").asText(),
                Kind.valueOf(node.path("kind").asText()))));
        return features;
    }

    private static List<Input> inputs(JsonNode nodes) {
        List<Input> inputs = new ArrayList<>();
        nodes.forEach(node -> inputs.add(Input.ofJson(node)));
        return inputs;
    }

    private static SortedMap<String, Long> counts(JsonNode node) {
        SortedMap<String, Long> counts = new TreeMap<>();
        node.fields()
                .forEachRemaining(
                        field -> counts.put(field.getKey(), field.getValue().asLong()));
        return counts;
    }
}

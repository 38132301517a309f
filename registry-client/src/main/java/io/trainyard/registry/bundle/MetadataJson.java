package io.trainyard.registry.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.JsonNumbers;
import io.trainyard.registry.JsonText;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Score;
import io.trainyard.registry.Shown;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The stored form of a bundle's metadata, format 1: {@code trainyard.json}, and part of a registry's events. */
public final class MetadataJson {
    private static final int FORMAT = 1;

    private MetadataJson() {}

    /** The JSON text: the same for equal metadata. */
    public static String write(BundleMetadata metadata) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
        return JsonText.write(put(tree, metadata));
    }

    /**
     * The metadata in {@code text}.
     *
     * @param what names the document in messages
     * @throws RegistryException when there are none
     */
    public static BundleMetadata read(String what, String text) {
        return JsonText.read(what, text, FORMAT, MetadataJson::metadata);
    }

    /** Adds {@code lineage} and {@code scores} to {@code node}, and returns it. */
    public static ObjectNode put(ObjectNode node, BundleMetadata metadata) {
        put(node.putObject("lineage"), metadata.lineage());
        ArrayNode scores = node.putArray("scores");
        metadata.scores().forEach(score -> put(scores.addObject(), score));
        if (!metadata.importance().isEmpty()) {
            ArrayNode importance = node.putArray("importance");
            metadata.importance().forEach(feature -> put(importance.addObject(), feature));
        }
        return node;
    }

    /** What {@link #put(ObjectNode, BundleMetadata)} added to {@code node}. */
    public static BundleMetadata metadata(JsonNode node) {
        List<Score> scores = new ArrayList<>();
        node.required("scores").forEach(score -> scores.add(score(score)));
        List<FeatureImportance> importance = new ArrayList<>();
        node.path("importance").forEach(feature -> importance.add(importance(feature)));
        return new BundleMetadata(lineage(node.required("lineage")), scores, importance);
    }

    /** Adds {@code values} to {@code node} as the object {@code name}. */
    public static void put(ObjectNode node, String name, Map<String, String> values) {
        values.forEach(node.putObject(name)::put);
    }

    /** The object of texts that {@code node} has as {@code name}. */
    public static Map<String, String> texts(JsonNode node, String name) {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : node.required(name).properties()) {
            texts.put(field.getKey(), field.getValue().asText());
        }
        return texts;
    }

    /** The moment that {@code node} has as {@code name}, in ISO 8601. */
    public static Instant instant(JsonNode node, String name) {
        String text = node.required(name).asText();
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'%s' is no timestamp: '%s'".formatted(name, Shown.text(text)), e);
        }
    }

    private static void put(ObjectNode node, Lineage lineage) {
        ArrayNode inputs = node.putArray("inputs");
        for (Lineage.Input input : lineage.inputs()) {
            inputs.addObject()
                    .put("uri", input.uri())
                    .put("version", input.version())
                    .put("fingerprint", input.fingerprint());
        }
        node.put("study", lineage.study()).put("trial", lineage.trial()).put("seed", lineage.seed());
        node.put("learner", lineage.learner());
        put(node, "params", lineage.params());
        node.put("commit", lineage.commit());
        put(node, "environment", lineage.environment());
        node.put("as_of", lineage.asOf().toString());
    }

    private static Lineage lineage(JsonNode node) {
        List<Lineage.Input> inputs = new ArrayList<>();
        for (JsonNode input : node.required("inputs")) {
            inputs.add(new Lineage.Input(
                    input.required("uri").asText(),
                    input.required("version").asText(),
                    input.required("fingerprint").asText()));
        }
        return new Lineage(
                inputs,
                node.required("study").asText(),
                JsonNumbers.small(node, "trial"),
                JsonNumbers.whole(node, "seed"),
                node.required("learner").asText(),
                texts(node, "params"),
                node.required("commit").asText(),
                texts(node, "environment"),
                instant(node, "as_of"));
    }

    private static void put(ObjectNode node, Score score) {
        node.put("metric", score.metric()).put("value", score.value());
        if (score.hasInterval()) {
            node.put("low", score.low()).put("high", score.high());
        }
    }

    private static void put(ObjectNode node, FeatureImportance importance) {
        node.put("feature", importance.feature())
                .put("gain", importance.gain())
                .put("contribution", importance.contribution())
                .put("permutation", importance.permutation());
    }

    private static FeatureImportance importance(JsonNode node) {
        return new FeatureImportance(
                node.required("feature").asText(),
                JsonNumbers.real(node, "gain"),
                JsonNumbers.real(node, "contribution"),
                JsonNumbers.real(node, "permutation"));
    }

    private static Score score(JsonNode node) {
        String metric = node.required("metric").asText();
        double value = JsonNumbers.real(node, "value");
        return node.has("low")
                ? new Score(metric, value, JsonNumbers.real(node, "low"), JsonNumbers.real(node, "high"))
                : Score.of(metric, value);
    }
}

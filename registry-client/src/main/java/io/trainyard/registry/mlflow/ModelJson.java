package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Registered models and versions as the protocol has them. */
final class ModelJson {
    private ModelJson() {}

    static MlflowModel model(JsonNode node) {
        return new MlflowModel(
                node.required("name").asText(),
                Instant.ofEpochMilli(node.path("creation_timestamp").asLong()),
                AnswerJson.pairs(node, "tags"),
                aliases(node));
    }

    static MlflowVersion version(JsonNode node) {
        return new MlflowVersion(
                node.required("name").asText(),
                node.required("version").asInt(),
                node.path("source").asText(),
                node.path("run_id").asText(),
                node.path("status").asText(MlflowVersion.READY),
                AnswerJson.pairs(node, "tags"));
    }

    private static Map<String, Integer> aliases(JsonNode node) {
        Map<String, Integer> aliases = new TreeMap<>();
        for (JsonNode alias : node.path("aliases")) {
            aliases.put(
                    alias.required("alias").asText(), alias.required("version").asInt());
        }
        return aliases;
    }
}

package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Experiments and runs as the protocol has them. */
final class RunJson {
    private static final String DELETED = "deleted";

    private RunJson() {}

    static Experiment experiment(JsonNode node) {
        return new Experiment(
                node.required("experiment_id").asText(), node.required("name").asText(), isDeleted(node));
    }

    static Run run(JsonNode node) {
        JsonNode info = node.required("info");
        JsonNode data = node.path("data");
        return new Run(
                info.required("run_id").asText(),
                info.path("experiment_id").asText(),
                info.path("artifact_uri").asText(),
                RunStatus.valueOf(info.path("status").asText(RunStatus.RUNNING.name())),
                isDeleted(info),
                AnswerJson.pairs(data, "params"),
                metrics(data),
                AnswerJson.pairs(data, "tags"));
    }

    static ObjectNode creation(String experimentId, String name, Instant start, Map<String, String> tags) {
        ObjectNode body = AnswerJson.object()
                .put("experiment_id", experimentId)
                .put("run_name", name)
                .put("start_time", start.toEpochMilli());
        AnswerJson.putPairs(body, "tags", Limits.values(tags, Limits.RUN_TAG));
        return body;
    }

    static ObjectNode batch(String runId, List<Metric> metrics, Map<String, String> params, Map<String, String> tags) {
        ObjectNode body = AnswerJson.object().put("run_id", runId);
        ArrayNode values = body.putArray("metrics");
        metrics.forEach(metric -> put(values.addObject(), metric));
        AnswerJson.putPairs(body, "params", params);
        AnswerJson.putPairs(body, "tags", tags);
        return body;
    }

    static ObjectNode inputs(String runId, List<DatasetInput> inputs) {
        ObjectNode body = AnswerJson.object().put("run_id", runId);
        ArrayNode datasets = body.putArray("datasets");
        for (DatasetInput input : inputs) {
            ObjectNode node = datasets.addObject();
            AnswerJson.putPairs(node, "tags", Map.of("mlflow.data.context", input.context()));
            node.putObject("dataset")
                    .put("name", input.name())
                    .put("digest", input.digest())
                    .put("source_type", input.sourceType())
                    .put("source", input.source());
        }
        return body;
    }

    /** What JSON has no number for goes as a text: NaN, Infinity, -Infinity. */
    private static void put(ObjectNode node, Metric metric) {
        node.put("key", metric.key());
        if (Double.isFinite(metric.value())) {
            node.put("value", metric.value());
        } else {
            node.put("value", String.valueOf(metric.value()));
        }
        node.put("timestamp", metric.at().toEpochMilli()).put("step", metric.step());
    }

    private static Map<String, Double> metrics(JsonNode data) {
        Map<String, Double> metrics = new TreeMap<>();
        for (JsonNode metric : data.path("metrics")) {
            metrics.put(
                    metric.required("key").asText(), metric.required("value").asDouble());
        }
        return metrics;
    }

    private static boolean isDeleted(JsonNode node) {
        return node.path("lifecycle_stage").asText().equals(DELETED);
    }
}

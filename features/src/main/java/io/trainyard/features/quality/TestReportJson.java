package io.trainyard.features.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.quality.TestReport.Outcome;
import io.trainyard.features.quality.TestReport.Result;
import io.trainyard.features.view.Test.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A report as it is stored: {@code {"table": …, "tests": [{"test": …, "of_rows": …, "action": …, "rows": …, "failed": …, "max_share": …, "outcome":
 * …, "example": …}]}}.
 */
public final class TestReportJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TestReportJson() {}

    public static String write(TestReport report) {
        ObjectNode root = JSON.createObjectNode().put("table", report.table());
        var tests = root.putArray("tests");
        report.results().forEach(result -> {
            ObjectNode node = tests.addObject()
                    .put("test", result.test())
                    .put("of_rows", result.ofRows())
                    .put("action", result.action().name())
                    .put("rows", result.rows())
                    .put("failed", result.failed())
                    .put("max_share", result.maxShare())
                    .put("outcome", result.outcome().name());
            result.example().ifPresent(example -> node.put("example", example));
        });
        return root.toString();
    }

    /**
     * Reads back what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is no report
     */
    public static TestReport read(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            List<Result> results = new ArrayList<>();
            root.path("tests").forEach(node -> results.add(result(node)));
            return new TestReport(root.path("table").asText(), results);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A report of tests must be JSON, but it is: " + json, e);
        }
    }

    private static Result result(JsonNode node) {
        return new Result(
                node.path("test").asText(),
                node.path("of_rows").asBoolean(true),
                Action.valueOf(node.path("action").asText()),
                node.path("rows").asLong(),
                node.path("failed").asLong(),
                node.path("max_share").asDouble(),
                Outcome.valueOf(node.path("outcome").asText()),
                node.has("example") ? Optional.of(node.path("example").asText()) : Optional.empty());
    }
}

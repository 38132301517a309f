package io.trainyard.features.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.quality.TestReport;
import io.trainyard.features.quality.TestReportJson;
import io.trainyard.features.source.SourceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is noted beside a version of a feature table, from which its build can be told again and the next one can go on.
 *
 * @param definition hash over the declaration alone, without the state of its source
 * @param input the source, as it was
 * @param state what of the source is in the table, where the source can say what came since
 * @param asOf the logical time of the build: every row before it that the source had then was read
 * @param bound the moment from which on rows were left out, where it left some out
 * @param dropped rows of the source that are not in the table, by reason
 * @param reports of the tests of the source and of the table
 */
record FeatureTableFacts(
        String definition,
        Input input,
        Optional<SourceState> state,
        Optional<Instant> asOf,
        Optional<Instant> bound,
        SortedMap<String, Long> dropped,
        List<TestReport> reports) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the tests of a source or of the table found in the rows that are there. */
    Optional<TestReport> report(String table) {
        return reports.stream().filter(report -> report.table().equals(table)).findFirst();
    }

    /** Without those that only a later logical time takes in. */
    SortedMap<String, Long> droppedForGood() {
        SortedMap<String, Long> forGood = new TreeMap<>(dropped);
        forGood.remove(DropReason.AFTER_AS_OF.text());
        return forGood;
    }

    String toJson() {
        try {
            ObjectNode root = JSON.createObjectNode().put("definition", definition);
            root.set("input", input.toJson());
            if (state.isPresent()) {
                root.set("state", JSON.readTree(state.get().toJson()));
            }
            asOf.ifPresent(moment -> root.put("as_of", moment.toString()));
            bound.ifPresent(moment -> root.put("bound", moment.toString()));
            dropped.forEach(root.putObject("dropped")::put);
            var tests = root.putArray("tests");
            for (TestReport report : reports) {
                tests.add(JSON.readTree(TestReportJson.write(report)));
            }
            return root.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was just written is JSON", e);
        }
    }

    static FeatureTableFacts ofJson(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Facts of a feature table must be JSON, but they are: " + json, e);
        }
        SortedMap<String, Long> dropped = new TreeMap<>();
        root.path("dropped")
                .fields()
                .forEachRemaining(
                        field -> dropped.put(field.getKey(), field.getValue().asLong()));
        List<TestReport> reports = new ArrayList<>();
        root.path("tests").forEach(node -> reports.add(TestReportJson.read(node.toString())));
        return new FeatureTableFacts(
                root.path("definition").asText(),
                Input.ofJson(root.path("input")),
                Optional.of(root.path("state"))
                        .filter(JsonNode::isObject)
                        .map(node -> SourceState.ofJson(node.toString())),
                moment(root.path("as_of")),
                moment(root.path("bound")),
                dropped,
                reports);
    }

    private static Optional<Instant> moment(JsonNode node) {
        return node.isTextual() ? Optional.of(Instant.parse(node.asText())) : Optional.empty();
    }
}

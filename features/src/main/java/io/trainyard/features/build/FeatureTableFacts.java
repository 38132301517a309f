package io.trainyard.features.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.source.SourceState;
import java.time.Instant;
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
 * @param tests the reports of all tests, a JSON array
 */
record FeatureTableFacts(
        String definition,
        Input input,
        Optional<SourceState> state,
        Optional<Instant> asOf,
        Optional<Instant> bound,
        SortedMap<String, Long> dropped,
        String tests) {

    private static final ObjectMapper JSON = new ObjectMapper();

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
            return root.set("tests", JSON.readTree(tests)).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Facts must be JSON, but they are: %s, %s".formatted(state, tests), e);
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
        return new FeatureTableFacts(
                root.path("definition").asText(),
                Input.ofJson(root.path("input")),
                Optional.of(root.path("state"))
                        .filter(JsonNode::isObject)
                        .map(node -> SourceState.ofJson(node.toString())),
                moment(root.path("as_of")),
                moment(root.path("bound")),
                dropped,
                root.path("tests").toString());
    }

    private static Optional<Instant> moment(JsonNode node) {
        return node.isTextual() ? Optional.of(Instant.parse(node.asText())) : Optional.empty();
    }
}

package io.trainyard.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.registry.GateDecision.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The stored form of a decision: a part of documents, under {@code gates}. */
public final class GateDecisionJson {
    private static final String GATES = "gates";

    private GateDecisionJson() {}

    /** Adds {@code decision} to {@code node}, and returns it. */
    public static ObjectNode put(ObjectNode node, GateDecision decision) {
        ArrayNode gates = node.putArray(GATES);
        for (Verdict verdict : decision.verdicts()) {
            ObjectNode gate = gates.addObject()
                    .put("gate", verdict.gate())
                    .put("passed", verdict.passed())
                    .put("reason", verdict.reason());
            verdict.evidence().forEach(gate.putObject("evidence")::put);
        }
        return node;
    }

    /** What {@link #put} added to {@code node}. */
    public static GateDecision read(JsonNode node) {
        List<Verdict> verdicts = new ArrayList<>();
        for (JsonNode gate : node.required(GATES)) {
            JsonNode evidence = gate.required("evidence");
            SortedMap<String, Double> numbers = new TreeMap<>();
            evidence.fieldNames().forEachRemaining(name -> numbers.put(name, JsonNumbers.real(evidence, name)));
            verdicts.add(new Verdict(
                    gate.required("gate").asText(),
                    JsonNumbers.truth(gate, "passed"),
                    gate.required("reason").asText(),
                    numbers));
        }
        return new GateDecision(verdicts);
    }
}

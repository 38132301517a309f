package io.trainyard.tuning.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.StudyEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** An event as a JSON object. Whole numbers have no decimal point and floats do, which keeps them apart. */
final class EventJson {

    private EventJson() {}

    static ObjectNode write(StudyEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (event instanceof StudyEvent.Owned owned) {
            json.put("event", "owned").put("study", owned.study()).put("identity", owned.identity());
        } else if (event instanceof StudyEvent.Asked asked) {
            json.put("event", "asked").put("number", asked.number());
            json.set("params", writeParams(asked.params()));
            ArrayNode pending = json.putArray("pending");
            asked.pending().forEach(pending::add);
        } else if (event instanceof StudyEvent.Reported reported) {
            json.put("event", "reported").put("number", reported.number()).put("step", reported.step());
            json.put("value", reported.value())
                    .put("decision", reported.decision().name().toLowerCase(Locale.ROOT));
        } else if (event instanceof StudyEvent.Resumed resumed) {
            json.put("event", "resumed").put("number", resumed.number());
        } else if (event instanceof StudyEvent.Told told) {
            json.put("event", "told").put("number", told.number());
            writeOutcome(told.outcome(), json);
        }
        return json.put("at", event.at().toString());
    }

    /** @throws IllegalArgumentException when this is not an event of this format */
    static StudyEvent read(JsonNode json) {
        Instant at = Instant.parse(required(json, "at").textValue());
        String event = required(json, "event").asText();
        return switch (event) {
            case "owned" ->
                new StudyEvent.Owned(
                        required(json, "study").textValue(),
                        required(json, "identity").textValue(),
                        at);
            case "asked" ->
                new StudyEvent.Asked(
                        required(json, "number").intValue(),
                        readParams(required(json, "params")),
                        readNumbers(required(json, "pending")),
                        at);
            case "reported" ->
                new StudyEvent.Reported(
                        required(json, "number").intValue(),
                        required(json, "step").intValue(),
                        required(json, "value").asDouble(),
                        readDecision(required(json, "decision").asText()),
                        at);
            case "resumed" -> new StudyEvent.Resumed(required(json, "number").intValue(), at);
            case "told" -> new StudyEvent.Told(required(json, "number").intValue(), readOutcome(json), at);
            default -> throw new IllegalArgumentException("unknown event '%s'".formatted(event));
        };
    }

    static ObjectNode writeParams(Params params) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        params.values().forEach((name, value) -> {
            if (value instanceof Double number) {
                json.put(name, number);
            } else if (value instanceof Long number) {
                json.put(name, number);
            } else {
                json.put(name, (String) value);
            }
        });
        return json;
    }

    static Params readParams(JsonNode json) {
        SortedMap<String, Object> values = new TreeMap<>();
        json.fields().forEachRemaining(field -> values.put(field.getKey(), readValue(field.getValue())));
        return new Params(values);
    }

    private static Object readValue(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        return value.isIntegralNumber() ? (Object) value.longValue() : (Object) value.doubleValue();
    }

    private static List<Integer> readNumbers(JsonNode json) {
        List<Integer> numbers = new ArrayList<>(json.size());
        json.forEach(number -> numbers.add(number.intValue()));
        return numbers;
    }

    private static Decision readDecision(String name) {
        return switch (name) {
            case "go_on" -> Decision.GO_ON;
            case "wait" -> Decision.WAIT;
            case "stop" -> Decision.STOP;
            default -> throw new IllegalArgumentException("unknown decision '%s'".formatted(name));
        };
    }

    private static void writeOutcome(Outcome outcome, ObjectNode json) {
        if (outcome instanceof Outcome.Complete complete) {
            json.put("outcome", "complete").put("value", complete.value());
            if (complete.values().size() > 1) {
                ArrayNode values = json.putArray("values");
                complete.values().forEach(values::add);
            }
            writeMeasures(complete.measures(), json);
        } else if (outcome instanceof Outcome.Pruned pruned) {
            json.put("outcome", "pruned").put("step", pruned.step()).put("value", pruned.value());
            writeMeasures(pruned.measures(), json);
        } else if (outcome instanceof Outcome.Failed failed) {
            json.put("outcome", "failed").put("reason", failed.reason());
        } else if (outcome instanceof Outcome.Lost lost) {
            json.put("outcome", "lost").put("reason", lost.reason());
        }
    }

    private static Outcome readOutcome(JsonNode json) {
        String outcome = required(json, "outcome").asText();
        return switch (outcome) {
            case "complete" -> new Outcome.Complete(readValues(json), readMeasures(json));
            case "pruned" ->
                new Outcome.Pruned(
                        required(json, "step").intValue(),
                        required(json, "value").asDouble(),
                        readMeasures(json));
            case "failed" -> new Outcome.Failed(required(json, "reason").textValue());
            case "lost" -> new Outcome.Lost(required(json, "reason").textValue());
            default -> throw new IllegalArgumentException("unknown outcome '%s'".formatted(outcome));
        };
    }

    /** One metric's value stands alone; more are a list beside it. */
    private static List<Double> readValues(JsonNode json) {
        List<Double> values = new ArrayList<>();
        if (json.has("values")) {
            json.get("values").forEach(value -> values.add(value.asDouble()));
        } else {
            values.add(required(json, "value").asDouble());
        }
        return values;
    }

    private static void writeMeasures(SortedMap<String, Double> measures, ObjectNode json) {
        ObjectNode object = json.putObject("measures");
        measures.forEach(object::put);
    }

    /** By {@code asDouble}, which also reads the quoted NaN and infinities. */
    private static SortedMap<String, Double> readMeasures(JsonNode json) {
        SortedMap<String, Double> measures = new TreeMap<>();
        required(json, "measures")
                .fields()
                .forEachRemaining(
                        field -> measures.put(field.getKey(), field.getValue().asDouble()));
        return measures;
    }

    private static JsonNode required(JsonNode json, String field) {
        if (!json.has(field)) {
            throw new IllegalArgumentException("field '%s' is missing".formatted(field));
        }
        return json.get(field);
    }
}

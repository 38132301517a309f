package io.trainyard.jobs.config.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The part of a JSON Schema that says what a scalar may be, and how a default looks in JSON. */
final class ScalarSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ScalarSchema() {}

    static ObjectNode of(ScalarType type, Shape.Limits limits) {
        return switch (type) {
            case TEXT, PATH, OPTION ->
                limits.pattern().map(pattern -> pattern(pattern.pattern())).orElseGet(ScalarSchema::text);
            case TRUTH -> JSON.objectNode().put("type", "boolean");
            case INTEGER, LONG_INTEGER -> bounded(JSON.objectNode().put("type", "integer"), limits);
            case NUMBER -> bounded(JSON.objectNode().put("type", "number"), limits);
            case DURATION, CALENDAR_LENGTH -> pattern(Durations.PATTERN);
            case MOMENT -> pattern(Moments.PATTERN);
            case ZONE -> JSON.objectNode().put("type", "string");
        };
    }

    /** Where a text is expected, YAML's numbers and truth values are texts too. */
    static ObjectNode text() {
        ObjectNode node = JSON.objectNode();
        node.putArray("type").add("string").add("number").add("boolean");
        return node.put("minLength", 1);
    }

    /** Whether the schema already allows every text, and with it every variable. */
    static boolean isAnyText(Shape.Single single) {
        return switch (single.type()) {
            case TEXT, PATH, OPTION -> single.limits().pattern().isEmpty();
            case ZONE -> true;
            case TRUTH, INTEGER, LONG_INTEGER, NUMBER, DURATION, CALENDAR_LENGTH, MOMENT -> false;
        };
    }

    /** A declared default as JSON. */
    static JsonNode literal(Value value, Shape shape) {
        if (value instanceof Value.Sequence sequence) {
            ArrayNode array = JSON.arrayNode();
            sequence.items().forEach(item -> array.add(literal(item, shape)));
            return array;
        }
        if (!(value instanceof Value.Scalar scalar)) {
            return JSON.objectNode();
        }
        if (!(shape instanceof Shape.Single single)) {
            return JSON.textNode(scalar.written());
        }
        return switch (single.type()) {
            case TRUTH -> JSON.booleanNode(Boolean.parseBoolean(scalar.written()));
            case INTEGER, LONG_INTEGER -> JSON.numberNode(Long.parseLong(scalar.written()));
            case NUMBER -> JSON.numberNode(Double.parseDouble(scalar.written()));
            case TEXT, DURATION, CALENDAR_LENGTH, MOMENT, ZONE, PATH, OPTION -> JSON.textNode(scalar.written());
        };
    }

    private static ObjectNode pattern(String pattern) {
        return JSON.objectNode().put("type", "string").put("pattern", "^(?:" + pattern + ")$");
    }

    private static ObjectNode bounded(ObjectNode node, Shape.Limits limits) {
        if (limits.min() != Double.NEGATIVE_INFINITY) {
            node.set("minimum", number(limits.min()));
        }
        if (limits.max() != Double.POSITIVE_INFINITY) {
            node.set("maximum", number(limits.max()));
        }
        return node;
    }

    private static JsonNode number(double bound) {
        return bound == Math.rint(bound) ? JSON.numberNode((long) bound) : JSON.numberNode(bound);
    }
}

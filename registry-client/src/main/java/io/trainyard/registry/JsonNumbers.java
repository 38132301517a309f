package io.trainyard.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Numbers and truths of stored documents. Jackson by itself makes 0 of what is none, and another one of what is too large. */
public final class JsonNumbers {
    /** How what JSON has no numbers for is written. */
    private static final Set<String> WORDS = Set.of("NaN", "Infinity", "-Infinity");

    private JsonNumbers() {}

    /** The whole number that {@code node} has as {@code name}. */
    public static int small(JsonNode node, String name) {
        JsonNode number = node.required(name);
        if (!number.isIntegralNumber() || !number.canConvertToInt()) {
            throw refused(name, "a whole number below 2^31", number);
        }
        return number.intValue();
    }

    /** The whole number that {@code node} has as {@code name}. */
    public static long whole(JsonNode node, String name) {
        JsonNode number = node.required(name);
        if (!number.isIntegralNumber() || !number.canConvertToLong()) {
            throw refused(name, "a whole number below 2^63", number);
        }
        return number.longValue();
    }

    /** The number that {@code node} has as {@code name}; what is not finite is a word. */
    public static double real(JsonNode node, String name) {
        JsonNode number = node.required(name);
        boolean isWord = number.isTextual() && WORDS.contains(number.textValue());
        if (!isWord && !(number.isNumber() && Double.isFinite(number.doubleValue()))) {
            throw refused(name, "a number that a double holds", number);
        }
        return number.asDouble();
    }

    /** The true or false that {@code node} has as {@code name}. */
    public static boolean truth(JsonNode node, String name) {
        JsonNode truth = node.required(name);
        if (!truth.isBoolean()) {
            throw refused(name, "true or false", truth);
        }
        return truth.booleanValue();
    }

    private static IllegalArgumentException refused(String name, String kind, JsonNode found) {
        String shown = found.isContainerNode() ? found.getNodeType().toString() : Shown.text(found.toString());
        return new IllegalArgumentException("'%s' must be %s, and is %s".formatted(name, kind, shown));
    }
}

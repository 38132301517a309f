package io.trainyard.tuning.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A point of a search space: a value for every active parameter and none for the others.
 *
 * @param values by name; each a finite {@link Double}, a {@link Long} or a {@link String}
 */
public record Params(SortedMap<String, Object> values) {

    public Params {
        values.forEach(Params::checkValue);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static Params empty() {
        return new Params(new TreeMap<>());
    }

    public static Params of(Map<String, ?> values) {
        return new Params(new TreeMap<>(values));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** A float's value, or a whole number's as a double. */
    public double number(String name) {
        Object value = value(name);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw wrongType(name, value, "a number");
    }

    public long integer(String name) {
        Object value = value(name);
        if (value instanceof Long number) {
            return number;
        }
        throw wrongType(name, value, "a whole number");
    }

    public String text(String name) {
        Object value = value(name);
        if (value instanceof String word) {
            return word;
        }
        throw wrongType(name, value, "a word");
    }

    /** @throws IllegalArgumentException when the parameter is not active here */
    public Object value(String name) {
        if (!has(name)) {
            throw new IllegalArgumentException(
                    "Parameter '%s' has no value here: there are %s".formatted(name, values.keySet()));
        }
        return values.get(name);
    }

    /** This point with one value more, or another. */
    public Params with(String name, Object value) {
        SortedMap<String, Object> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new Params(changed);
    }

    /** Sorted by name and the same on every machine and release: fit for fingerprints, and to be read by people. */
    public String text() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + valueText(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return text();
    }

    private static String valueText(Object value) {
        if (value instanceof Double number) {
            return text(number);
        }
        if (value instanceof String word) {
            return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
        return value.toString();
    }

    /**
     * The shortest decimal from 12 significant digits on that reads back as the same double. Java's own text of a double
     * changed between releases (JDK-4511638).
     */
    static String text(double number) {
        BigDecimal exact = new BigDecimal(number);
        int digits = 12;
        while (exact.round(new MathContext(digits)).doubleValue() != number) {
            digits++;
        }
        BigDecimal shortest = exact.round(new MathContext(digits)).stripTrailingZeros();
        return shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= digits
                ? shortest.setScale(1).toPlainString()
                : shortest.toString();
    }

    private static void checkValue(String name, Object value) {
        boolean valid = value instanceof Long
                || value instanceof String
                || (value instanceof Double number && Double.isFinite(number));
        if (!valid) {
            throw new IllegalArgumentException(
                    "Parameter '%s' cannot be %s (%s): expected a finite Double, Long or String"
                            .formatted(
                                    name,
                                    value,
                                    value == null ? "null" : value.getClass().getSimpleName()));
        }
    }

    private static IllegalArgumentException wrongType(String name, Object value, String expected) {
        return new IllegalArgumentException("Parameter '%s' is %s (%s), not %s"
                .formatted(name, value, value.getClass().getSimpleName(), expected));
    }
}

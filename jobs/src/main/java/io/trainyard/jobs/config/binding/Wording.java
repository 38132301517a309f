package io.trainyard.jobs.config.binding;

import java.util.Collection;

/** What the binder says, so that equal mistakes read alike wherever they are made. */
final class Wording {
    private Wording() {}

    static String unexpected(String expected, Value value) {
        String quoted =
                value instanceof Value.Scalar scalar && scalar.quoted() && !scalar.fromVariable() ? " in quotes" : "";
        return "expected " + expected + ", found " + value.shown() + quoted;
    }

    static String notOneOf(Collection<String> names, Value value) {
        String nearest = value instanceof Value.Scalar scalar
                ? NearestName.of(scalar.written(), names)
                        .map(name -> " (did you mean '" + name + "'?)")
                        .orElse("")
                : "";
        return "expected one of " + String.join(", ", names) + ", found " + value.shown() + nearest;
    }

    static String unknownKey(String key, Collection<String> known) {
        return "unknown key" + NearestName.hint(key, known);
    }

    static String missing(String key, String description) {
        return "required key '" + key + "' is missing: " + description;
    }

    static String wrongSize(Shape.Limits limits, int size) {
        return size == 0 && limits.min() == 1
                ? "expected at least 1 entry, found none"
                : "expected %.0f to %.0f entries, found %d".formatted(Math.max(0, limits.min()), limits.max(), size);
    }
}

package io.trainyard.features.view;

import java.util.Optional;

/**
 * Rows that a pipeline reads.
 *
 * @param name what the pipeline calls it; messages and lineage use it
 * @param location where the rows are
 * @param eventTime the column that says when a row happened; without it a source cannot be bounded or split by time
 */
public record Source(String name, Location location, Optional<String> eventTime) {

    public Source {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A source needs a name, but it is '%s'".formatted(name));
        }
        eventTime.ifPresent(column -> requireText("event time of source '%s'".formatted(name), column));
    }

    /** A source whose rows carry no time. */
    public static Source of(String name, Location location) {
        return new Source(name, location, Optional.empty());
    }

    static void requireText(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("The %s is blank: name a column or leave it out".formatted(what));
        }
    }
}

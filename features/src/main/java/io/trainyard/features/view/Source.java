package io.trainyard.features.view;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rows that a pipeline reads.
 *
 * @param name what the pipeline calls it; messages and lineage use it
 * @param location where the rows are
 * @param eventTime the column that says when a row happened; without it a source cannot be bounded or split by time
 * @param knownAt when values are known, where that is later than the event time
 * @param privacy columns that are not read in clear, by name; letter case does not count
 * @param tests what must hold of the rows, as they are before {@code privacy}
 */
public record Source(
        String name,
        Location location,
        Optional<String> eventTime,
        KnownAt knownAt,
        Map<String, Privacy> privacy,
        List<Test> tests) {

    public Source {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A source needs a name, but it is '%s'".formatted(name));
        }
        eventTime.ifPresent(column -> requireText("event time of source '%s'".formatted(name), column));
        if (eventTime.isEmpty() && !knownAt.equals(KnownAt.EVENT_TIME)) {
            throw new IllegalArgumentException(
                    "Cannot say when source '%s' is known without its event time: declare it".formatted(name));
        }
        Map<String, Privacy> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(privacy);
        privacy = Collections.unmodifiableMap(sorted);
        tests = List.copyOf(tests);
    }

    /** A source that is read as it is. */
    public Source(String name, Location location, Optional<String> eventTime) {
        this(name, location, eventTime, KnownAt.EVENT_TIME, Map.of(), List.of());
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

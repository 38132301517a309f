package io.trainyard.registry.encoding;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one aggregation over the training rows yields about a raw column: all that fitting an encoding needs.
 *
 * @param name the column
 * @param kind what it holds
 * @param rows all rows
 * @param missing those with null or NaN, and those with an infinite number
 * @param mean of the others as numbers, NaN for text and where there are none
 * @param deviation their standard deviation, NaN like the mean
 * @param categories how often each text occurs, by {@link RawValue#text}; empty for other kinds
 */
public record ColumnSummary(
        String name, Kind kind, long rows, long missing, double mean, double deviation, Map<String, Long> categories) {
    /** What a raw column holds. */
    public enum Kind {
        NUMBER,
        TEXT,
        BOOLEAN,
        DATE,
        TIMESTAMP
    }

    /** Refuses counts that cannot be, and copies the categories. */
    public ColumnSummary {
        if (missing < 0 || missing > rows) {
            throw new IllegalArgumentException("column '%s': %d of %d rows are missing".formatted(name, missing, rows));
        }
        categories = Collections.unmodifiableMap(new TreeMap<>(categories));
    }
}

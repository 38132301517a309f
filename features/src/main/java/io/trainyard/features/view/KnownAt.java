package io.trainyard.features.view;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When the values of a source's rows are known, as SQL over one row that gives a time. Null: never. Without an expression a value is
 * known at the row's event time, and never before it.
 *
 * @param rows for all columns that have none of their own
 * @param columns by the column's name; letter case does not count
 */
public record KnownAt(Optional<String> rows, Map<String, String> columns) {
    public static final KnownAt EVENT_TIME = new KnownAt(Optional.empty(), Map.of());

    public KnownAt {
        rows.ifPresent(sql -> Source.requireText("known_at of a source", sql));
        columns.forEach((column, sql) -> Source.requireText("known_at of column '%s'".formatted(column), sql));
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(columns);
        columns = Collections.unmodifiableMap(sorted);
    }

    /** The expression of a column; empty for the event time. */
    public Optional<String> of(String column) {
        return Optional.ofNullable(columns.get(column)).or(() -> rows);
    }
}

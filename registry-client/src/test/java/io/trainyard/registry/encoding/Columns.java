package io.trainyard.registry.encoding;

import io.trainyard.registry.encoding.ColumnSummary.Kind;
import java.util.Map;
import java.util.TreeMap;

/** Summaries of columns for tests. */
final class Columns {
    private Columns() {}

    static ColumnSummary number(String name, double mean, double deviation) {
        return new ColumnSummary(name, Kind.NUMBER, 100, 10, mean, deviation, Map.of());
    }

    /** Every text counts as often as it is given; none is missing. */
    static ColumnSummary text(String name, String... texts) {
        TreeMap<String, Long> categories = new TreeMap<>();
        for (String text : texts) {
            categories.merge(text, 1L, Long::sum);
        }
        return new ColumnSummary(name, Kind.TEXT, texts.length, 0, Double.NaN, Double.NaN, categories);
    }
}

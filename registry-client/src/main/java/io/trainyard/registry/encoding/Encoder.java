package io.trainyard.registry.encoding;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Encodes rows. Immutable, usable from any thread, and serializable, so that Spark ships it to executors.
 *
 * <p>Raw values: null and NaN are missing; numbers, booleans (0 and 1), dates (days since 1970) and timestamps (seconds
 * since 1970) are numbers; categories also take text, see {@link RawValue}. A float keeps 24 bits: integers are exact
 * up to 16,777,216, and a timestamp of today is exact to 128 seconds only, unless it is standardized, which happens
 * in double.
 */
public final class Encoder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Column[] columns;
    private final int width;

    Encoder(Encoding encoding) {
        columns = encoding.features().stream().map(Encoder::column).toArray(Column[]::new);
        width = encoding.width();
    }

    /** The number of floats in an encoded row. */
    public int width() {
        return width;
    }

    /**
     * The encoded row.
     *
     * @param values one raw value for each feature, in their order
     * @throws IllegalArgumentException when a value is of a kind that its feature cannot take
     */
    public float[] encode(Object[] values) {
        float[] row = new float[width];
        encode(values, row, 0);
        return row;
    }

    /** As {@link #encode(Object[])}, writing {@link #width()} floats into {@code into} from {@code offset} on. */
    public void encode(Object[] values, float[] into, int offset) {
        if (values.length != columns.length) {
            throw new IllegalArgumentException("Cannot encode a row of %d values: the encoding has %d features"
                    .formatted(values.length, columns.length));
        }
        int at = offset;
        for (int i = 0; i < values.length; i++) {
            at += columns[i].encode(values[i], into, at);
        }
    }

    /**
     * The encoded row.
     *
     * @param row raw values by the names of the features; others are ignored, and a missing value must be there as
     *     null, so that a misspelt name is found out
     */
    public float[] encode(Map<String, ?> row) {
        Object[] values = new Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(columns[i].name());
            if (values[i] == null && !row.containsKey(columns[i].name())) {
                throw new IllegalArgumentException(
                        "Cannot encode row: it has no '%s' among %s; give a missing value as null"
                                .formatted(columns[i].name(), row.keySet()));
            }
        }
        return encode(values);
    }

    private static Column column(Feature feature) {
        if (feature instanceof Feature.NumberFeature) {
            return new NumberColumn(feature.name());
        }
        if (feature instanceof Feature.CategoryFeature category) {
            return new CategoryColumn(feature.name(), positions(category.categories()));
        }
        if (feature instanceof Feature.NominalFeature nominal) {
            return new NominalColumn(feature.name(), positions(nominal.categories()));
        }
        if (feature instanceof Feature.OneHotFeature oneHot) {
            return new OneHotColumn(feature.name(), positions(oneHot.categories()));
        }
        Feature.StandardizedFeature standardized = (Feature.StandardizedFeature) feature;
        return new StandardizedColumn(feature.name(), standardized.mean(), standardized.deviation());
    }

    private static Map<String, Integer> positions(List<String> categories) {
        Map<String, Integer> positions = new HashMap<>();
        categories.forEach(category -> positions.put(category, positions.size()));
        return positions;
    }

    /** A feature made ready: {@code encode} writes its floats and returns how many. */
    private sealed interface Column extends Serializable {
        String name();

        int encode(Object value, float[] into, int at);
    }

    private record NumberColumn(String name) implements Column {
        private static final double LARGEST = 1e37;

        @Override
        public int encode(Object value, float[] into, int at) {
            double number = RawValue.number(name, value);
            into[at] = (float) Math.max(-LARGEST, Math.min(LARGEST, number));
            return 1;
        }
    }

    private record CategoryColumn(String name, Map<String, Integer> positions) implements Column {
        @Override
        public int encode(Object value, float[] into, int at) {
            Integer position = positions.get(RawValue.category(name, value));
            into[at] = position == null ? Float.NaN : position;
            return 1;
        }
    }

    private record NominalColumn(String name, Map<String, Integer> positions) implements Column {
        @Override
        public int encode(Object value, float[] into, int at) {
            into[at] = positions.getOrDefault(RawValue.category(name, value), positions.size());
            return 1;
        }
    }

    private record OneHotColumn(String name, Map<String, Integer> positions) implements Column {
        @Override
        public int encode(Object value, float[] into, int at) {
            Arrays.fill(into, at, at + positions.size(), 0f);
            Integer position = positions.get(RawValue.category(name, value));
            if (position != null) {
                into[at + position] = 1f;
            }
            return positions.size();
        }
    }

    private record StandardizedColumn(String name, double mean, double deviation) implements Column {
        @Override
        public int encode(Object value, float[] into, int at) {
            double number = RawValue.number(name, value);
            into[at] = Double.isFinite(number) ? (float) ((number - mean) / deviation) : 0f;
            return 1;
        }
    }
}

package io.trainyard.registry.scoring;

import io.trainyard.registry.RegistryException;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;

/** Columns of raw values, each an array or a list, seen row by row. */
final class RawColumns {
    private final Object[] columns;
    private final int rows;

    /** Takes the columns of {@code features}, which must be there, be alone and be of one length. */
    RawColumns(List<String> features, Map<String, ?> named) {
        columns = new Object[features.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(features.get(i), named);
        }
        for (String name : named.keySet()) {
            if (!features.contains(name)) {
                throw refused(name, "the model does not take it; leave it out, the model takes " + features);
            }
        }
        rows = length(columns[0]);
        for (int i = 1; i < columns.length; i++) {
            if (length(columns[i]) != rows) {
                throw refused(
                        features.get(i),
                        "it has %d values, and '%s' has %d".formatted(length(columns[i]), features.get(0), rows));
            }
        }
    }

    int rows() {
        return rows;
    }

    /** Writes the raw values of a row into {@code values}. */
    void read(int row, Object[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = value(columns[i], row);
        }
    }

    private static Object column(String name, Map<String, ?> named) {
        Object column = named.get(name);
        if (column == null) {
            throw refused(
                    name,
                    "it is not among %s; give a column without values as an array of nulls".formatted(named.keySet()));
        }
        if (!(column instanceof List<?>) && !column.getClass().isArray()) {
            throw refused(
                    name,
                    "expected an array or a list of values, and found %s"
                            .formatted(column.getClass().getSimpleName()));
        }
        return column;
    }

    private static int length(Object column) {
        return column instanceof List<?> list ? list.size() : Array.getLength(column);
    }

    private static Object value(Object column, int row) {
        if (column instanceof double[] numbers) {
            return numbers[row];
        }
        if (column instanceof Object[] values) {
            return values[row];
        }
        return column instanceof List<?> list ? list.get(row) : Array.get(column, row);
    }

    private static RegistryException refused(String name, String problem) {
        return new RegistryException("Cannot score column '%s': %s".formatted(name, problem));
    }
}

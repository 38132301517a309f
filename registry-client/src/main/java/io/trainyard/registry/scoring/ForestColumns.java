package io.trainyard.registry.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The encoded columns as whole numbers, in which a comparison needs no jump and a missing value no test: a number
 * becomes the integer of its place in the order of floats, and a missing one the smallest or the largest, so that it
 * goes left or right by itself. A column that some nodes send left and some right is there twice.
 */
final class ForestColumns {
    /** Below and above every number's code and every node's threshold. */
    static final int MISSING_LEFT = Integer.MIN_VALUE;

    static final int MISSING_RIGHT = Integer.MAX_VALUE - 1;

    private final int[] features;
    private final int[] missing;

    /** How many categories a column has, 0 for a number. */
    private final int[] categories;

    private ForestColumns(List<Column> columns) {
        features = columns.stream().mapToInt(Column::feature).toArray();
        categories = columns.stream().mapToInt(Column::categories).toArray();
        missing = columns.stream().mapToInt(ForestColumns::missing).toArray();
    }

    private static int missing(Column column) {
        if (column.categories() > 0) {
            return column.missingLeft() ? column.categories() : column.categories() + 1;
        }
        return column.missingLeft() ? MISSING_LEFT : MISSING_RIGHT;
    }

    /** @param categories how many there are, 0 for a number */
    private record Column(int feature, boolean missingLeft, int categories) {}

    /** Numbers the columns that nodes ask for. */
    static final class Builder {
        private final Map<Column, Integer> numbers = new HashMap<>();
        private final List<Column> columns = new ArrayList<>();

        /** The number of a column of numbers. */
        int of(int feature, boolean missingLeft) {
            return of(feature, missingLeft, 0);
        }

        /**
         * The number of a column of categories: codes are as encoded, {@code categories} for any other, which is in no
         * node's list, and one more for a missing value that goes right.
         */
        int of(int feature, boolean missingLeft, int categories) {
            Column column = new Column(feature, missingLeft, categories);
            Integer number = numbers.putIfAbsent(column, columns.size());
            if (number == null) {
                columns.add(column);
                return columns.size() - 1;
            }
            return number;
        }

        ForestColumns build() {
            return new ForestColumns(columns);
        }
    }

    int width() {
        return features.length;
    }

    /** The place of a threshold, or of a value, in the order of floats; 0 and −0 are equal. */
    static int code(float number) {
        int bits = Float.floatToRawIntBits(number + 0f);
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }

    /**
     * Codes of encoded rows.
     *
     * @param rows row-major, {@code features} a row
     * @param codes gets {@link #width()} a row
     */
    void encode(float[] rows, int features, int count, int[] codes) {
        int at = 0;
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < missing.length; column++) {
                codes[at++] = code(rows[row * features + this.features[column]], column);
            }
        }
    }

    private int code(float value, int column) {
        if (Float.isNaN(value)) {
            return missing[column];
        }
        int known = categories[column];
        if (known == 0) {
            return code(value);
        }
        return value >= 0 && value < known ? (int) value : known;
    }
}

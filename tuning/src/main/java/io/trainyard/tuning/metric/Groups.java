package io.trainyard.tuning.metric;

import java.util.Arrays;

/**
 * Which rows are ranked against each other, such as the documents of a query or the transactions of a day, and which are of one unit,
 * such as a customer: those are not independent of each other.
 *
 * <p>The arrays are kept, not copied, since they are as long as the data.
 *
 * @param group of each row, from 0 on without gaps, in the order in which groups come after each other; empty where all rows are one
 * @param unit of each row, from 0 on without gaps; empty where each row is its own
 */
@SuppressWarnings("ArrayRecordComponent") // Rows by the million; equality is never asked.
public record Groups(int[] group, int[] unit) {
    /** All rows are one group, and each is a unit of its own. */
    public static final Groups NONE = new Groups(new int[0], new int[0]);

    /**
     * Groups and units by any numbers, of which the smaller group comes first.
     *
     * @param group one a row, or empty
     * @param unit one a row, or empty
     */
    public static Groups of(long[] group, long[] unit) {
        return new Groups(dense(group), dense(unit));
    }

    /** The group of each of so many rows. */
    int[] groups(int rows) {
        return group.length == 0 ? new int[rows] : group;
    }

    /** The unit of each of so many rows. */
    int[] units(int rows) {
        if (unit.length > 0) {
            return unit;
        }
        int[] each = new int[rows];
        Arrays.setAll(each, row -> row);
        return each;
    }

    private static int[] dense(long[] numbers) {
        long[] distinct = Arrays.stream(numbers).sorted().distinct().toArray();
        int[] dense = new int[numbers.length];
        Arrays.setAll(dense, row -> Arrays.binarySearch(distinct, numbers[row]));
        return dense;
    }
}

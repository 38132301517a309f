package io.trainyard.features.profile;

import java.io.Serializable;

/**
 * Rows of a column of numbers, by whether there is a number in them.
 *
 * @param rows all of them
 * @param nulls rows without a value
 * @param notNumbers rows with NaN
 */
public record Counts(long rows, long nulls, long notNumbers, long negativeInfinities, long positiveInfinities)
        implements Serializable {

    public Counts {
        if (nulls < 0 || notNumbers < 0 || negativeInfinities < 0 || positiveInfinities < 0) {
            throw new IllegalArgumentException(
                    "Counts of rows cannot be below 0, but nulls are %d, NaN %d, negative infinities %d, positive ones %d"
                            .formatted(nulls, notNumbers, negativeInfinities, positiveInfinities));
        }
        if (rows < nulls + notNumbers + negativeInfinities + positiveInfinities) {
            throw new IllegalArgumentException("%d rows cannot hold %d nulls, %d NaN and %d infinities"
                    .formatted(rows, nulls, notNumbers, negativeInfinities + positiveInfinities));
        }
    }

    /** Rows with a finite number. */
    public long finite() {
        return rows - nulls - notNumbers - negativeInfinities - positiveInfinities;
    }

    /** Those of the rows of both. */
    public Counts merge(Counts other) {
        return new Counts(
                rows + other.rows,
                nulls + other.nulls,
                notNumbers + other.notNumbers,
                negativeInfinities + other.negativeInfinities,
                positiveInfinities + other.positiveInfinities);
    }
}

package io.trainyard.tuning.matrix;

import java.io.Serializable;

/**
 * The rows of a part that one of several workers has: as many as the others, one more or less, next to each other in the part's order.
 *
 * @param worker from 0
 * @param workers how many share the part
 */
public record Share(int worker, int workers) implements Serializable {
    /** All rows. */
    public static final Share ALL = new Share(0, 1);

    public Share {
        if (worker < 0 || worker >= workers) {
            throw new IllegalArgumentException(
                    "Worker %d of %d: must be from 0 to one less".formatted(worker, workers));
        }
    }

    /** How many of so many rows come before the share. */
    long first(long rows) {
        return rows * worker / workers;
    }

    /** How many of so many rows the share has. */
    long count(long rows) {
        return rows * (worker + 1) / workers - first(rows);
    }
}

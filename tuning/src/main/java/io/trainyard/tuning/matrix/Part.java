package io.trainyard.tuning.matrix;

/**
 * What a row is for. A row may have several parts: with a split by hash a validation row of the search is a training row of
 * the final fit; with a split by time it may be in neither.
 */
public enum Part {
    /** Trials are fitted on these rows. */
    SEARCH_TRAIN(1 << 0),
    /** Trials are judged on these rows, and stopped early by them. */
    SEARCH_VALIDATION(1 << 1),
    /** The final model is fitted on these rows. */
    FINAL_TRAIN(1 << 2),
    /** The final model is tested on these rows, once. */
    FINAL_TEST(1 << 3);

    private final byte bit;

    Part(int bit) {
        this.bit = (byte) bit;
    }

    /** The part's bit in the byte that a block stores for each row. */
    public byte bit() {
        return bit;
    }

    boolean holds(byte parts) {
        return (parts & bit) != 0;
    }
}

package io.trainyard.registry.scoring;

/**
 * A booster of XGBoost. Immutable, usable from any thread.
 *
 * @param width the number of encoded columns
 * @param transformation from margins to scores
 * @param bases the margin at which each score's sum begins
 * @param forest what is added to it
 */
@SuppressWarnings("ArrayRecordComponent") // Equality is never asked, and nobody outside sees the array.
record BoostedTrees(int width, Transformation transformation, float[] bases, Forest forest) {
    /** Rows whose codes stay in the nearest cache while the trees go by. */
    static final int BLOCK = 64;

    /** Of the margins of a row into its scores, in place. */
    @FunctionalInterface
    interface Transformation {
        /** Turns the {@code width} margins of one row, from {@code from} on, into scores. */
        void transform(float[] scores, int from, int width);
    }

    /** The same trees with other scores. */
    BoostedTrees with(Transformation other) {
        return new BoostedTrees(width, other, bases, forest);
    }

    /** Scores a row: one, or one a class. */
    int scores() {
        return bases.length;
    }

    /**
     * Scores encoded rows.
     *
     * @param rows row-major, {@link #width()} a row; {@link #BLOCK} rows at most
     * @param codes room for {@code forest.width()} a row
     * @param into gets {@link #scores()} a row from {@code offset} on
     */
    void score(float[] rows, int count, int[] codes, float[] into, int offset) {
        int end = offset + count * bases.length;
        for (int at = offset; at < end; at += bases.length) {
            System.arraycopy(bases, 0, into, at, bases.length);
        }
        forest.add(rows, width, count, codes, into, offset, bases.length);
        for (int at = offset; at < end; at += bases.length) {
            transformation.transform(into, at, bases.length);
        }
    }
}

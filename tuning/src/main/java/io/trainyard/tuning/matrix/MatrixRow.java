package io.trainyard.tuning.matrix;

/** One encoded row: a buffer that a {@link RowEncoder} fills and a block writer empties, so that no row allocates. */
public final class MatrixRow {
    final float[] features;
    float label;
    float weight;
    long parts;
    long group;
    long unit;

    MatrixRow(int columns) {
        this.features = new float[columns];
    }

    /** The encoded features, to be filled; NaN is a missing value. */
    public float[] features() {
        return features;
    }

    /**
     * Sets everything but the features.
     *
     * @param label class index or target value
     * @param weight weight of the row, above 0
     * @param parts bits of the row's {@link Part}s
     */
    public void set(float label, float weight, long parts) {
        this.label = label;
        this.weight = weight;
        this.parts = parts;
    }

    /** Says which rows are ranked against each other, and which are of one unit; where blocks are grouped alone. */
    public void setGroups(long group, long unit) {
        this.group = group;
        this.unit = unit;
    }
}

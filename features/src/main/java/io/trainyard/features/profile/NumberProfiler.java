package io.trainyard.features.profile;

import io.trainyard.features.profile.NumberProfile.Scale;
import org.apache.datasketches.frequencies.LongsSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Profiles numbers. They are gathered in blocks: a block's moments take no division a value, and each sketch stays in the processor's
 * cache while a block goes in.
 */
final class NumberProfiler implements ColumnProfiler {

    private static final int BLOCK = 512;

    private final String column;
    private final Scale scale;
    private final NumberReader reader;
    private final double[] block = new double[BLOCK];
    private final KllDoublesSketch quantiles = Quantiles.empty();
    private final LongsSketch frequent = FrequentNumbers.empty();
    private final HllSketch distinct = DistinctCount.empty();
    private Moments moments = Moments.NONE;
    private int filled;
    private long rows;
    private long nulls;
    private long notNumbers;
    private long negativeInfinities;
    private long positiveInfinities;

    NumberProfiler(String column, Scale scale, NumberReader reader) {
        this.column = column;
        this.scale = scale;
        this.reader = reader;
    }

    @Override
    public void add(InternalRow row, int position) {
        if (row.isNullAt(position)) {
            addNull();
        } else {
            add(reader.read(row, position));
        }
    }

    void addNull() {
        rows++;
        nulls++;
    }

    void add(double value) {
        rows++;
        if (Double.isFinite(value)) {
            block[filled++] = value + 0.0; // of the two zeros, the positive one
            if (filled == BLOCK) {
                empty();
            }
        } else if (Double.isNaN(value)) {
            notNumbers++;
        } else if (value < 0) {
            negativeInfinities++;
        } else {
            positiveInfinities++;
        }
    }

    private void empty() {
        moments = moments.merge(Moments.of(block, filled));
        for (int i = 0; i < filled; i++) {
            quantiles.update(block[i]);
        }
        for (int i = 0; i < filled; i++) {
            distinct.update(block[i]);
        }
        for (int i = 0; i < filled; i++) {
            frequent.update(Double.doubleToLongBits(block[i]));
        }
        filled = 0;
    }

    @Override
    public NumberProfile profile() {
        empty();
        return new NumberProfile(
                column,
                scale,
                new Counts(rows, nulls, notNumbers, negativeInfinities, positiveInfinities),
                moments,
                Quantiles.of(quantiles),
                FrequentNumbers.of(frequent),
                DistinctCount.of(distinct));
    }
}

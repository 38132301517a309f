package io.trainyard.features.profile;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;

/**
 * Ranks and quantiles of finite values, from a KLL sketch with k = 2048 (Karnin, Lang and Liberty 2016), in its stored form. Exact up to
 * 2048 values; above, a rank is off by less than 0.14 % of them in 99 of 100 cases, at 48 KB. Which values it keeps is drawn by chance,
 * so two sketches of the same many values differ within that error.
 */
public final class Quantiles implements Serializable {

    private static final long serialVersionUID = 1;

    static final int K = 2048;
    private static final double STANDARD_ERRORS = 2.576; // in the 99 % that the sketch's error is given for

    private final byte[] bytes;

    private Quantiles(byte[] bytes) {
        this.bytes = bytes;
    }

    static Quantiles of(KllDoublesSketch sketch) {
        return new Quantiles(sketch.toByteArray());
    }

    /**
     * From {@link #bytes}.
     *
     * @throws IllegalArgumentException if it is no such sketch
     */
    public static Quantiles of(byte[] bytes) {
        Quantiles quantiles = new Quantiles(bytes.clone());
        StoredSketch.check("KLL sketch of doubles", quantiles::sketch);
        return quantiles;
    }

    static KllDoublesSketch empty() {
        return KllDoublesSketch.newHeapInstance(K);
    }

    /** Of the values of both. */
    public Quantiles merge(Quantiles other) {
        KllDoublesSketch merged = sketch();
        merged.merge(other.sketch());
        return of(merged);
    }

    /** The values that are kept, with how many each stands for. */
    public Distribution distribution() {
        return Distribution.of(sketch());
    }

    /** The standard error of a rank, as a share of all values, because some values only are kept; 0 where all are. */
    double rankError() {
        KllDoublesSketch sketch = sketch();
        return sketch.isEstimationMode() ? sketch.getNormalizedRankError(false) / STANDARD_ERRORS : 0;
    }

    /** As rankError, of the share of values between two others. */
    double shareError() {
        KllDoublesSketch sketch = sketch();
        return sketch.isEstimationMode() ? sketch.getNormalizedRankError(true) / STANDARD_ERRORS : 0;
    }

    /** As DataSketches writes it. */
    public byte[] bytes() {
        return bytes.clone();
    }

    private KllDoublesSketch sketch() {
        return KllDoublesSketch.heapify(Memory.wrap(bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantiles quantiles && Arrays.equals(bytes, quantiles.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}

package io.trainyard.features.profile;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;

/**
 * How many different values there are, from a HyperLogLog sketch of 4096 registers in its stored form: off by 1.6 % (one standard error),
 * and exact but for chance up to some hundred.
 */
public final class DistinctCount implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int LOG_REGISTERS = 12;
    private static final TgtHllType TYPE = TgtHllType.HLL_8;

    private final byte[] bytes;

    private DistinctCount(byte[] bytes) {
        this.bytes = bytes;
    }

    static DistinctCount of(HllSketch sketch) {
        return new DistinctCount(sketch.toCompactByteArray());
    }

    /**
     * From {@link #bytes}.
     *
     * @throws IllegalArgumentException if it is no such sketch
     */
    public static DistinctCount of(byte[] bytes) {
        DistinctCount count = new DistinctCount(bytes.clone());
        StoredSketch.check("HLL sketch", count::sketch);
        return count;
    }

    static HllSketch empty() {
        return new HllSketch(LOG_REGISTERS, TYPE);
    }

    /** Of the values of both. */
    public DistinctCount merge(DistinctCount other) {
        Union union = new Union(LOG_REGISTERS);
        union.update(sketch());
        union.update(other.sketch());
        return of(union.getResult(TYPE));
    }

    /** The number of different values, rounded. */
    public long estimate() {
        return Math.round(sketch().getEstimate());
    }

    /** As DataSketches writes it. */
    public byte[] bytes() {
        return bytes.clone();
    }

    private HllSketch sketch() {
        return HllSketch.heapify(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistinctCount count && Arrays.equals(bytes, count.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}

package io.trainyard.features.profile;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.LongsSketch;
import org.apache.datasketches.memory.Memory;

/**
 * The most frequent numbers, such as a 0 or a −999 that stands for something else, from a frequent-items sketch in its stored form: exact
 * up to 192 different numbers; above, a count is off by at most {@link #error}, which stays below 1.4 % of all numbers.
 */
public final class FrequentNumbers implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int SLOTS = 256;

    private final byte[] bytes;

    private FrequentNumbers(byte[] bytes) {
        this.bytes = bytes;
    }

    static FrequentNumbers of(LongsSketch sketch) {
        return new FrequentNumbers(sketch.toByteArray());
    }

    /**
     * From {@link #bytes}.
     *
     * @throws IllegalArgumentException if it is no such sketch
     */
    public static FrequentNumbers of(byte[] bytes) {
        FrequentNumbers numbers = new FrequentNumbers(bytes.clone());
        StoredSketch.check("sketch of frequent numbers", numbers::sketch);
        return numbers;
    }

    static LongsSketch empty() {
        return new LongsSketch(SLOTS);
    }

    /** Of the numbers of both. */
    public FrequentNumbers merge(FrequentNumbers other) {
        return of(sketch().merge(other.sketch()));
    }

    /** Numbers that occur more often than the error, with their counts, the most frequent first. */
    public Map<Double, Long> counts() {
        LongsSketch sketch = sketch();
        Map<Double, Long> counts = new LinkedHashMap<>();
        Arrays.stream(sketch.getFrequentItems(sketch.getMaximumError(), ErrorType.NO_FALSE_POSITIVES))
                .sorted(Comparator.comparingLong((LongsSketch.Row row) -> -row.getLowerBound())
                        .thenComparing(row -> Double.longBitsToDouble(row.getItem())))
                // The bounds are as far apart as what purges took away, which is half of it on average.
                .forEach(row -> counts.put(
                        Double.longBitsToDouble(row.getItem()), (row.getLowerBound() + row.getUpperBound()) / 2));
        return counts;
    }

    /** By how much a count may be off; where it is 0, all numbers are there. */
    public long error() {
        return sketch().getMaximumError();
    }

    /** As DataSketches writes it. */
    public byte[] bytes() {
        return bytes.clone();
    }

    private LongsSketch sketch() {
        return LongsSketch.getInstance(Memory.wrap(bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FrequentNumbers numbers && Arrays.equals(bytes, numbers.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}

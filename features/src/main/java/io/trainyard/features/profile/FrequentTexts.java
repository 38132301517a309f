package io.trainyard.features.profile;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.datasketches.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.memory.Memory;

/**
 * The most frequent texts and how often each occurs, from a frequent-items sketch (Anderson et al. 2017) in its stored form: exact up to
 * 3,072 different texts; above, a count is off by at most {@link #error}, which stays below 0.09 % of all texts.
 */
public final class FrequentTexts implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int SLOTS = 4096;
    private static final ArrayOfStringsSerDe TEXTS = new ArrayOfStringsSerDe();

    private final byte[] bytes;

    private FrequentTexts(byte[] bytes) {
        this.bytes = bytes;
    }

    static FrequentTexts of(ItemsSketch<String> sketch) {
        return new FrequentTexts(sketch.toByteArray(TEXTS));
    }

    /**
     * From {@link #bytes}.
     *
     * @throws IllegalArgumentException if it is no such sketch
     */
    public static FrequentTexts of(byte[] bytes) {
        FrequentTexts texts = new FrequentTexts(bytes.clone());
        StoredSketch.check("sketch of frequent texts", texts::sketch);
        return texts;
    }

    static ItemsSketch<String> empty() {
        return new ItemsSketch<>(SLOTS);
    }

    /** Of the texts of both. */
    public FrequentTexts merge(FrequentTexts other) {
        return of(sketch().merge(other.sketch()));
    }

    /** Texts that certainly occur, with their counts, the most frequent first, equally frequent ones by their letters. */
    public Map<String, Long> counts() {
        ItemsSketch<String> sketch = sketch();
        Map<String, Long> counts = new LinkedHashMap<>();
        Arrays.stream(sketch.getFrequentItems(0, ErrorType.NO_FALSE_POSITIVES))
                .sorted(Comparator.comparingLong((ItemsSketch.Row<String> row) -> -row.getLowerBound())
                        .thenComparing(ItemsSketch.Row::getItem))
                // The bounds are as far apart as what purges took away, which is half of it on average.
                .forEach(row -> counts.put(row.getItem(), (row.getLowerBound() + row.getUpperBound()) / 2));
        return counts;
    }

    /** By how much a count may be off; where it is 0, all texts are there. */
    public long error() {
        return sketch().getMaximumError();
    }

    /** As DataSketches writes it. */
    public byte[] bytes() {
        return bytes.clone();
    }

    private ItemsSketch<String> sketch() {
        return ItemsSketch.getInstance(Memory.wrap(bytes), TEXTS);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FrequentTexts texts && Arrays.equals(bytes, texts.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}

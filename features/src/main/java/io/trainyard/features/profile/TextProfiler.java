package io.trainyard.features.profile;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.hash.MurmurHash3;
import org.apache.datasketches.hll.HllSketch;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Profiles texts. They are counted exactly first, so that a text is decoded and sketched once for many times that it occurs; once there
 * are too many different ones, the counts go into the sketches and counting starts anew.
 */
final class TextProfiler implements ColumnProfiler {

    private static final int COUNTED = 4096;

    /** Longer ones would make profiles of free text as large as the text. */
    private static final int LONGEST = 128;

    private static final int BEGINNING = 64;
    private static final byte[] EMPTY = {0};

    private final String column;
    private final Map<UTF8String, long[]> counts = new HashMap<>();
    private final ItemsSketch<String> frequent = FrequentTexts.empty();
    private final HllSketch distinct = DistinctCount.empty();
    private long rows;
    private long nulls;

    TextProfiler(String column) {
        this.column = column;
    }

    @Override
    public void add(InternalRow row, int position) {
        if (row.isNullAt(position)) {
            addNull();
        } else {
            add(row.getUTF8String(position));
        }
    }

    void addNull() {
        rows++;
        nulls++;
    }

    void add(UTF8String text) {
        rows++;
        long[] count = counts.get(text);
        if (count == null) {
            if (counts.size() == COUNTED) {
                empty();
            }
            count = new long[1];
            counts.put(text.copy(), count); // the row's memory is used again
        }
        count[0]++;
    }

    private void empty() {
        counts.forEach((text, count) -> {
            byte[] bytes = text.getBytes();
            distinct.update(bytes.length == 0 ? EMPTY : bytes); // it takes no notice of nothing
            frequent.update(name(text, bytes), count[0]);
        });
        counts.clear();
    }

    private static String name(UTF8String text, byte[] bytes) {
        if (bytes.length <= LONGEST) {
            return text.toString();
        }
        String beginning = new String(bytes, StandardCharsets.UTF_8)
                .codePoints()
                .limit(BEGINNING)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "%s… (%d bytes, %016x)".formatted(beginning, bytes.length, MurmurHash3.hash(bytes, 0)[0]);
    }

    @Override
    public TextProfile profile() {
        empty();
        return new TextProfile(column, rows, nulls, FrequentTexts.of(frequent), DistinctCount.of(distinct));
    }
}

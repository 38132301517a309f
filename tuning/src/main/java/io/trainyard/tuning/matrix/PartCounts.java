package io.trainyard.tuning.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many rows have each part. */
final class PartCounts {
    private static final List<Part> ALL = all();

    private final int[] rows = new int[Long.SIZE];

    private static List<Part> all() {
        List<Part> all = new ArrayList<>(List.of(Part.FINAL_TRAIN, Part.FINAL_TEST));
        for (int fold = 0; fold < Part.MAX_FOLDS; fold++) {
            all.add(Part.train(fold));
            all.add(Part.validation(fold));
        }
        return List.copyOf(all);
    }

    void add(long parts) {
        for (long left = parts; left != 0; left &= left - 1) {
            rows[Long.numberOfTrailingZeros(left)]++;
        }
    }

    /** Those that some row has. */
    Map<Part, Integer> byPart() {
        Map<Part, Integer> counts = new TreeMap<>();
        for (Part part : ALL) {
            int count = rows[Long.numberOfTrailingZeros(part.bit())];
            if (count > 0) {
                counts.put(part, count);
            }
        }
        return counts;
    }
}

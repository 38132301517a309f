package io.trainyard.features.build;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How many rows each part of a split has; the parts of the final fit overlap those of the search.
 *
 * @param folds of the search, one for a holdout
 */
public record SplitSizes(List<Fold> folds, long finalTrain, long finalTest) {
    public SplitSizes {
        folds = List.copyOf(folds);
    }

    /** The rows that a configuration is fitted on and judged by in one fold. */
    public record Fold(long train, long validation) {}

    /** Whether every part has rows. */
    boolean complete() {
        return fewest(Fold::train) > 0 && fewest(Fold::validation) > 0 && finalTrain > 0 && finalTest > 0;
    }

    private long fewest(ToLongFunction<Fold> rows) {
        return folds.stream().mapToLong(rows).min().orElse(0);
    }

    @Override
    public String toString() {
        return "%s%d rows train and %d validate in %s, %d train and %d test in the final fit"
                .formatted(
                        folds.size() == 1 ? "" : "at least ",
                        fewest(Fold::train),
                        fewest(Fold::validation),
                        folds.size() == 1 ? "the search" : "each of %d folds of the search".formatted(folds.size()),
                        finalTrain,
                        finalTest);
    }
}

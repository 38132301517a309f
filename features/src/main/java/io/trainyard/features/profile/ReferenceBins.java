package io.trainyard.features.profile;

import io.trainyard.features.profile.Bin.Kind;
import java.util.List;

/**
 * Bins that follow from a reference profile alone, and are the same whatever is compared with it: a reference that is kept freezes them.
 * Bins over both sides would move with every outlier.
 */
public sealed interface ReferenceBins permits NumberBins, TextBins, BooleanBins {

    static ReferenceBins of(ColumnProfile reference) {
        if (reference instanceof NumberProfile number) {
            return NumberBins.of(NumberSample.of(number));
        }
        if (reference instanceof TextProfile text) {
            return TextBins.of(text);
        }
        return new BooleanBins((BooleanProfile) reference);
    }

    /**
     * Counts the rows of the reference and of another profile in each bin; bins are never empty on both sides.
     *
     * @throws IllegalArgumentException if the other profile is of another kind
     */
    List<Bin> count(ColumnProfile current);

    /** As many rows as would have the variance of the reference's share of a bin; its rows, for all bins that are counted. */
    double behind(Bin.Kind kind);

    /** Refuses to count what does not go into the bins. */
    static IllegalArgumentException unlike(String bins, ColumnProfile current) {
        return new IllegalArgumentException(
                "Cannot count column '%s' (%s) in bins of %s; both sides must be of one kind"
                        .formatted(current.column(), current.kind(), bins));
    }

    /** Without those that nothing is in. */
    static List<Bin> filled(List<Bin> bins) {
        return bins.stream().filter(bin -> !bin.isEmpty()).toList();
    }

    /** The bin of rows without a value. */
    static Bin nulls(long reference, long current) {
        return new Bin(Kind.NULL, "null", reference, current);
    }
}

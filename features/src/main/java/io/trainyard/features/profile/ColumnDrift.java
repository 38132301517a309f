package io.trainyard.features.profile;

import java.util.List;
import java.util.Optional;

/**
 * What became of a column.
 *
 * @param reasons for the verdict, in words and numbers; at least one
 * @param distances by every measure that the column has, none where it is not judged
 * @param shares of rows that are watched by themselves, of those that occur
 * @param bins of both sides, for a plot
 */
public record ColumnDrift(
        String column,
        Verdict verdict,
        List<String> reasons,
        List<Distance> distances,
        List<ShareChange> shares,
        List<Bin> bins) {

    public ColumnDrift {
        reasons = List.copyOf(reasons);
        distances = List.copyOf(distances);
        shares = List.copyOf(shares);
        bins = List.copyOf(bins);
    }

    static ColumnDrift unmeasured(String column, Verdict verdict, String reason) {
        return new ColumnDrift(column, verdict, List.of(reason), List.of(), List.of(), List.of());
    }

    /** The distance by a measure, if the column has it. */
    public Optional<Distance> distance(DriftMeasure measure) {
        return distances.stream()
                .filter(distance -> distance.measure() == measure)
                .findFirst();
    }
}

package io.trainyard.features.profile;

import io.trainyard.features.profile.Bin.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Bins of a tenth of the reference's finite numbers each, fewer where many are equal, and bins of their own for what is beyond its
 * range, for infinities, for NaN and for nulls.
 *
 * @param edges greatest numbers of all bins but the last, ascending
 */
record NumberBins(NumberSample reference, List<Double> edges) implements ReferenceBins {

    private static final int TENTHS = 10;

    NumberBins {
        edges = List.copyOf(edges);
    }

    static NumberBins of(NumberSample reference) {
        List<Double> edges = new ArrayList<>();
        if (reference.counts().finite() > 0) {
            for (int tenth = 1; tenth < TENTHS; tenth++) {
                double edge = reference.distribution().quantile((double) tenth / TENTHS);
                if (edge < reference.maximum() && (edges.isEmpty() || edge > edges.get(edges.size() - 1))) {
                    edges.add(edge);
                }
            }
        }
        return new NumberBins(reference, edges);
    }

    @Override
    public List<Bin> count(ColumnProfile current) {
        if (current instanceof NumberProfile number) {
            return count(NumberSample.of(number));
        }
        throw ReferenceBins.unlike("numbers", current);
    }

    List<Bin> count(NumberSample current) {
        List<Bin> bins = new ArrayList<>();
        Counts before = reference.counts();
        Counts now = current.counts();
        if (before.finite() > 0) {
            ranges(current, bins);
        } else {
            bins.add(new Bin(Kind.ABOVE, "any number", 0, now.finite()));
        }
        bins.add(new Bin(Kind.NEGATIVE_INFINITY, "-infinity", before.negativeInfinities(), now.negativeInfinities()));
        bins.add(new Bin(Kind.POSITIVE_INFINITY, "infinity", before.positiveInfinities(), now.positiveInfinities()));
        bins.add(new Bin(Kind.NOT_A_NUMBER, "NaN", before.notNumbers(), now.notNumbers()));
        bins.add(ReferenceBins.nulls(before.nulls(), now.nulls()));
        return ReferenceBins.filled(bins);
    }

    private void ranges(NumberSample current, List<Bin> bins) {
        double least = reference.minimum();
        double greatest = reference.maximum();
        double below = upTo(current, Math.nextDown(least));
        bins.add(new Bin(Kind.BELOW, "< %s".formatted(least), 0, below));
        double from = least;
        double referenceBefore = 0;
        double currentBefore = below;
        for (int i = 0; i <= edges.size(); i++) {
            double edge = i < edges.size() ? edges.get(i) : greatest;
            double referenceUpTo = upTo(reference, edge);
            double currentUpTo = upTo(current, edge);
            bins.add(new Bin(
                    Kind.RANGE,
                    "%s%s to %s".formatted(i == 0 ? "" : "> ", from, edge),
                    referenceUpTo - referenceBefore,
                    currentUpTo - currentBefore));
            from = edge;
            referenceBefore = referenceUpTo;
            currentBefore = currentUpTo;
        }
        bins.add(new Bin(
                Kind.ABOVE, "> %s".formatted(greatest), 0, current.counts().finite() - currentBefore));
    }

    /** Finite numbers up to one; exact at the ends, whose neighbours the sketch may not have kept. */
    private static double upTo(NumberSample sample, double edge) {
        double finite = sample.counts().finite();
        if (finite == 0 || edge < sample.minimum()) {
            return 0;
        }
        return edge >= sample.maximum()
                ? finite
                : finite * sample.distribution().shareUpTo(edge);
    }

    @Override
    public double behind(Kind kind) {
        return reference.counts().rows();
    }
}

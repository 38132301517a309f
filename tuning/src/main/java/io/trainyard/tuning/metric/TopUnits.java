package io.trainyard.tuning.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is found among the k units that score highest in each group, as in card precision at 100: a day's cards are ranked by their
 * highest score, the first 100 are looked into, and a card that is found there is blocked, so that it is not among those of later days
 * (Le Borgne, Siblini, Lebichot and Bontempi 2022, "Reproducible Machine Learning for Credit Card Fraud Detection", 4.4).
 *
 * <p>Units of equal score share the places that are left for them, so that the value depends on no order of rows. A unit of weight 2
 * takes two places.
 */
final class TopUnits {
    private final int k;
    private final int units;
    private final List<Entry[]> groups;

    /**
     * A unit in a group.
     *
     * @param row the one that scores highest, whose weight is the unit's
     * @param positive whether any of its rows there is
     */
    private record Entry(int unit, double score, int row, boolean positive) {}

    /** The share of a group's first places, or of its positive units, that is found. */
    @FunctionalInterface
    private interface Share {
        double of(double found, double positives);
    }

    private TopUnits(Predictions predictions) {
        this.k = predictions.top();
        this.units = 1
                + Arrays.stream(predictions.groups().units(predictions.rows()))
                        .max()
                        .orElseThrow();
        this.groups = entries(predictions);
    }

    static WeightedMetric precision(Predictions predictions) {
        TopUnits top = new TopUnits(predictions);
        return weight -> top.mean(weight, (found, positives) -> found / top.k);
    }

    static WeightedMetric recall(Predictions predictions) {
        TopUnits top = new TopUnits(predictions);
        return weight -> top.mean(weight, (found, positives) -> found / positives);
    }

    /** Over the groups in which there is something to find, or to look into. */
    private double mean(double[] weight, Share share) {
        double[] unknown = new double[units];
        Arrays.fill(unknown, 1);
        double sum = 0;
        int counted = 0;
        for (Entry[] group : groups) {
            double all = Arrays.stream(group)
                    .mapToDouble(entry -> weight[entry.row()])
                    .sum();
            double positives = Arrays.stream(group)
                    .filter(Entry::positive)
                    .mapToDouble(entry -> weight[entry.row()] * unknown[entry.unit()])
                    .sum();
            double value = all > 0 ? share.of(found(group, weight, unknown), positives) : Double.NaN;
            if (Double.isFinite(value)) {
                sum += value;
                counted++;
            }
        }
        return counted == 0 ? Double.NaN : sum / counted;
    }

    /** Walks down the scores until k places are taken; what is found is known from then on. */
    private double found(Entry[] group, double[] weight, double[] unknown) {
        double left = k;
        double found = 0;
        for (int first = 0; first < group.length && left > 0; ) {
            int end = first;
            double equal = 0;
            for (; end < group.length && group[end].score() == group[first].score(); end++) {
                equal += weight[group[end].row()] * unknown[group[end].unit()];
            }
            double taken = equal > left ? left / equal : 1;
            for (int next = first; next < end; next++) {
                if (group[next].positive()) {
                    int unit = group[next].unit();
                    found += taken * weight[group[next].row()] * unknown[unit];
                    unknown[unit] *= 1 - taken;
                }
            }
            left -= taken * equal;
            first = end;
        }
        return found;
    }

    private static List<Entry[]> entries(Predictions predictions) {
        int[] label = predictions.labelIndices();
        double[] scores = predictions.singleScores();
        int[] group = predictions.groups().groups(predictions.rows());
        int[] unit = predictions.groups().units(predictions.rows());
        Integer[] order = IntStream.range(0, label.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(row -> group[row])
                        .thenComparingInt(row -> unit[row])
                        .thenComparing(row -> -scores[row])
                        .thenComparing(row -> row))
                .toArray(Integer[]::new);
        List<Entry[]> groups = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < order.length; ) {
            int first = order[i];
            boolean positive = false;
            for (; i < order.length && group[order[i]] == group[first] && unit[order[i]] == unit[first]; i++) {
                positive |= label[order[i]] == 1;
            }
            entries.add(new Entry(unit[first], scores[first] + 0.0, first, positive));
            if (i == order.length || group[order[i]] != group[first]) {
                entries.sort(Comparator.comparingDouble(Entry::score).reversed());
                groups.add(entries.toArray(Entry[]::new));
                entries.clear();
            }
        }
        return groups;
    }
}

package io.trainyard.tuning.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Metrics of the order that scores put the rows in. Rows of equal score form one step; its negatives are cell 2 s and its
 * positives cell 2 s + 1, steps counted from the lowest score.
 */
final class Ranking {

    private static final int POSITIVE = 1;

    private Ranking() {}

    static WeightedMetric rocAuc(Predictions predictions) {
        int[] label = predictions.labelIndices();
        if (predictions.classes() == 1) {
            CellSums steps = steps(predictions.scores(), label, POSITIVE);
            return weight -> area(steps.under(weight));
        }
        CellSums[] steps = IntStream.range(0, predictions.classes())
                .mapToObj(column -> steps(predictions.scoresOf(column), label, column))
                .toArray(CellSums[]::new);
        return weight -> Arrays.stream(steps)
                .mapToDouble(one -> area(one.under(weight)))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    static WeightedMetric averagePrecision(Predictions predictions) {
        CellSums steps = steps(predictions.singleScores(), predictions.labelIndices(), POSITIVE);
        return weight -> precision(steps.under(weight));
    }

    /** Weight of the pairs in which the positive scores higher, ties by half, over the weight of all pairs. */
    private static double area(double[] sums) {
        double positives = 0;
        double negatives = 0;
        double ordered = 0;
        for (int step = 0; step < sums.length; step += 2) {
            ordered += sums[step + 1] * (negatives + sums[step] / 2);
            negatives += sums[step];
            positives += sums[step + 1];
        }
        return ordered / (positives * negatives);
    }

    private static double precision(double[] sums) {
        double selected = 0;
        double found = 0;
        double weighted = 0;
        for (int step = sums.length - 2; step >= 0; step -= 2) {
            double positives = sums[step + 1];
            selected += sums[step] + positives;
            found += positives;
            if (positives > 0) {
                weighted += positives * found / selected;
            }
        }
        return weighted / found;
    }

    private static CellSums steps(double[] scores, int[] label, int positive) {
        double[] distinct = distinct(scores);
        int[] cell = new int[scores.length];
        for (int row = 0; row < cell.length; row++) {
            cell[row] = 2 * Arrays.binarySearch(distinct, unsigned(scores[row])) + (label[row] == positive ? 1 : 0);
        }
        return new CellSums(cell, 2 * distinct.length);
    }

    private static double[] distinct(double[] scores) {
        return Arrays.stream(scores).map(Ranking::unsigned).sorted().distinct().toArray();
    }

    /** Minus zero becomes zero: sorting and searching tell them apart, and a tie must not. */
    private static double unsigned(double score) {
        return score + 0.0;
    }
}

package io.trainyard.tuning.metric;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Thousand rows by integer arithmetic, so that another language makes the same: {@code noise(i) = 104729 i mod 997}, and
 * so on. Fifty distinct binary scores make ties, and 28 rows lie on the decision's threshold.
 */
final class Sample {

    static final int ROWS = 1000;

    private Sample() {}

    static Predictions binary(boolean weighted) {
        double[] label = rows(row -> phase(row) < 30 ? 1 : 0);
        double[] score = rows(row -> Math.floor((noise(row, 104729, 997) + label[row] * 400) / 1400 * 50) / 50);
        return predictions(label, score, 1, weighted);
    }

    static Predictions multiclass(boolean weighted) {
        int[][] factors = {{104729, 997}, {15485863, 991}, {32452843, 983}};
        double[] label = rows(row -> phase(row) % 4 == 3 ? 0 : phase(row) % 4);
        double[] scores = new double[3 * ROWS];
        for (int row = 0; row < ROWS; row++) {
            double total = 0;
            for (int column = 0; column < 3; column++) {
                double noise = noise(row, factors[column][0], factors[column][1]) % 7 + 1;
                scores[3 * row + column] = noise + (label[row] == column ? 5 : 0);
                total += scores[3 * row + column];
            }
            for (int column = 0; column < 3; column++) {
                scores[3 * row + column] /= total;
            }
        }
        return predictions(label, scores, 3, weighted);
    }

    static Predictions regression(boolean weighted) {
        double[] label = rows(row -> phase(row) == 20 ? 0.25 : phase(row) - 20);
        double[] score = rows(row -> phase(row) - 20 + (noise(row, 104729, 997) - 500) / 50.0);
        return predictions(label, score, 1, weighted);
    }

    /** What the metric measures, with a shape where it has one. */
    static Predictions suiting(Metric metric, boolean weighted) {
        Predictions plain = metric.toString().endsWith("deviance")
                ? amounts(weighted)
                : isOfNumbers(metric) ? regression(weighted) : binary(weighted);
        double shape = metric.isAtK() && metric.fits(Task.BINARY) ? 300 : shape(metric);
        return new Predictions(plain.label(), plain.scores(), 1, plain.weight(), shape, groups(metric));
    }

    /** Fifty groups of twenty rows where groups are ranked. */
    private static Groups groups(Metric metric) {
        int[] group = IntStream.range(0, ROWS).map(row -> row % 50).toArray();
        return metric.fits(Task.RANKING) ? new Groups(group, group) : Groups.NONE;
    }

    private static boolean isOfNumbers(Metric metric) {
        return !metric.isAtK() && Arrays.stream(Task.values()).anyMatch(task -> task.isNumber() && metric.fits(task));
    }

    static double shape(Metric metric) {
        return switch (metric) {
            case TWEEDIE_DEVIANCE -> 1.5;
            case PINBALL_LOSS -> 0.8;
            case PRECISION_AT_K, RECALL_AT_K, NDCG_AT_K, MAP_AT_K -> 3;
            default -> Double.NaN;
        };
    }

    /** Counts from 0 to 6, and expectations above 0. */
    static Predictions counts(boolean weighted, double shape) {
        return positive(0, weighted, shape);
    }

    /** Amounts from 1 to 7, and expectations above 0. */
    static Predictions amounts(boolean weighted) {
        return positive(1, weighted, Double.NaN);
    }

    private static Predictions positive(int smallest, boolean weighted, double shape) {
        double[] count = rows(row -> phase(row) % 7);
        double[] score = rows(row -> 0.5 + noise(row, 104729, 997) % 13 / 3.0 + count[row] / 2);
        Predictions plain = predictions(rows(row -> count[row] + smallest), score, 1, weighted);
        return new Predictions(plain.label(), plain.scores(), 1, plain.weight(), shape);
    }

    private static Predictions predictions(double[] label, double[] scores, int classes, boolean weighted) {
        return weighted
                ? new Predictions(label, scores, classes, rows(row -> 0.5 + row % 4 * 0.5))
                : Predictions.unweighted(label, scores, classes);
    }

    private static long phase(int row) {
        return row * 7919L % 101;
    }

    private static long noise(int row, long factor, long modulus) {
        return row * factor % modulus;
    }

    private static double[] rows(IntToDoubleFunction value) {
        return IntStream.range(0, ROWS).mapToDouble(value).toArray();
    }
}

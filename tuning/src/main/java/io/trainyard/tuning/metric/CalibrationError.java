package io.trainyard.tuning.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How far probabilities are from the shares that they announce: the mean distance between both over bins of equal weight (expected
 * calibration error; Naeini, Cooper and Hauskrecht 2015, "Obtaining well calibrated probabilities using Bayesian binning", with the
 * adaptive bins of Nixon and others 2019, "Measuring calibration in deep learning"). Of two classes the positive one's probability is
 * looked at, of more the largest, and whether its class is right.
 */
public final class CalibrationError {
    private static final int BINS = 15;

    private CalibrationError() {}

    /** From 0 to 1; NaN where nothing has a weight. */
    public static double of(Predictions predictions) {
        double[] announced = new double[predictions.rows()];
        double[] came = new double[predictions.rows()];
        double[] probabilities = predictions.probabilities();
        for (int row = 0; row < announced.length; row++) {
            int top = predictions.classes() == 1 ? 1 : top(probabilities, row, predictions.classes());
            announced[row] =
                    predictions.classes() == 1 ? probabilities[row] : probabilities[row * predictions.classes() + top];
            came[row] = predictions.label()[row] == top ? 1 : 0;
        }
        return error(announced, came, predictions.weight());
    }

    private static int top(double[] probabilities, int row, int classes) {
        return IntStream.range(0, classes)
                .boxed()
                .max(Comparator.comparingDouble(one -> probabilities[row * classes + one]))
                .orElseThrow();
    }

    /** Rows of one probability share a bin, the one of their middle, so that the order of rows does not count. */
    private static double error(double[] announced, double[] came, double[] weight) {
        int[] order = IntStream.range(0, announced.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> announced[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        double all = Arrays.stream(weight).sum();
        double[] distances = new double[BINS];
        double before = 0;
        int next = 0;
        while (next < order.length) {
            double probability = announced[order[next]];
            double tied = 0;
            double distance = 0;
            for (; next < order.length && announced[order[next]] == probability; next++) {
                tied += weight[order[next]];
                distance += weight[order[next]] * (came[order[next]] - probability);
            }
            distances[(int) Math.min(BINS - 1, BINS * (before + tied / 2) / all)] += distance;
            before += tied;
        }
        return Arrays.stream(distances).map(Math::abs).sum() / all;
    }
}

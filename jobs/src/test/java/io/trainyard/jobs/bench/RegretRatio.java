package io.trainyard.jobs.bench;

import java.util.Arrays;
import java.util.Random;

/**
 * The ratio of two median regrets with its bootstrap interval of 95 %.
 *
 * @param value of the medians themselves
 */
record RegretRatio(double value, double low, double high) {
    private static final int RESAMPLES = 2_000;
    /** Below, regrets are equal: a ratio of two zeros says nothing. */
    private static final double SMALLEST = 1e-12;

    static RegretRatio of(double[] ours, double[] peers) {
        Random random = new Random(1);
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            ratios[i] = ratio(resample(ours, random), resample(peers, random));
        }
        Arrays.sort(ratios);
        return new RegretRatio(ratio(ours, peers), ratios[RESAMPLES / 40], ratios[RESAMPLES - 1 - RESAMPLES / 40]);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    String text() {
        return "%.2g (%.2g to %.2g)".formatted(value, low, high);
    }

    private static double ratio(double[] ours, double[] peers) {
        return Math.max(SMALLEST, median(ours)) / Math.max(SMALLEST, median(peers));
    }

    private static double[] resample(double[] values, Random random) {
        return random.ints(values.length, 0, values.length)
                .mapToDouble(i -> values[i])
                .toArray();
    }
}

package io.trainyard.tuning.metric;

import java.io.Serializable;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Percentile bootstrap (Efron and Tibshirani 1993, chapter 13): rows, or whole units of rows that are not independent,
 * are drawn with replacement, as often as there are of them. A resample is a vector of multiplicities, used as weights on
 * top of the rows' own, so that scores are sorted once. Equal arguments give equal intervals.
 *
 * @param resamples how often to draw; 1,000 settles the ends of a 95 % interval to about a tenth of its width
 * @param level share of the resampled values within the interval, such as 0.95
 * @param seed of all draws
 */
public record Bootstrap(int resamples, double level, long seed) implements Serializable {

    private static final String GENERATOR = "L64X128MixRandom";

    public Bootstrap {
        if (resamples < 1) {
            throw new IllegalArgumentException("Cannot resample %d times: at least 1".formatted(resamples));
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "Level of an interval is %s: it must lie between 0 and 1".formatted(level));
        }
    }

    /** The metric's interval, where the predictions' units of rows, or single rows without them, are independent of each other. */
    public Interval interval(Metric metric, Predictions predictions) {
        return interval(metric, predictions, predictions.groups().units(predictions.rows()));
    }

    /**
     * The metric's interval when units of rows, such as customers, are independent of each other.
     *
     * @param unit the unit of each row, under any number
     */
    public Interval interval(Metric metric, Predictions predictions, int[] unit) {
        return resampled(metric.over(predictions), predictions.weight(), unit);
    }

    /** By how much {@code a} is better than {@code b}, two models on the same rows, drawn together. */
    public PairedGain pairedGain(Metric metric, Predictions a, Predictions b) {
        return pairedGain(metric, a, b, a.groups().units(a.rows()));
    }

    /**
     * By how much {@code a} is better than {@code b}, two models on the same rows, drawn together in whole units.
     *
     * @throws IllegalArgumentException when labels or weights differ, for then the rows are not the same
     */
    public PairedGain pairedGain(Metric metric, Predictions a, Predictions b, int[] unit) {
        if (!Arrays.equals(a.label(), b.label()) || !Arrays.equals(a.weight(), b.weight())) {
            throw new IllegalArgumentException(
                    "Cannot compare predictions of %d and %d rows: labels and weights must be equal, row by row"
                            .formatted(a.rows(), b.rows()));
        }
        WeightedMetric first = metric.over(a);
        WeightedMetric second = metric.over(b);
        WeightedMetric gain = metric.higherIsBetter()
                ? weight -> first.under(weight) - second.under(weight)
                : weight -> second.under(weight) - first.under(weight);
        double[] gains = draws(gain, a.weight(), unit);
        return new PairedGain(
                first.under(a.weight()),
                second.under(a.weight()),
                interval(gain.under(a.weight()), gains),
                Arrays.stream(gains).boxed().toList());
    }

    private Interval resampled(WeightedMetric metric, double[] weight, int[] unit) {
        return interval(metric.under(weight), draws(metric, weight, unit));
    }

    /** The defined values of the metric under each draw, in their order. */
    private double[] draws(WeightedMetric metric, double[] weight, int[] unit) {
        if (unit.length != weight.length) {
            throw new IllegalArgumentException(
                    "Cannot resample by unit: found %d units, expected one for each of %d rows"
                            .formatted(unit.length, weight.length));
        }
        Draws draws =
                new Draws(unit, weight, RandomGeneratorFactory.of(GENERATOR).create(seed));
        return IntStream.range(0, resamples)
                .mapToDouble(resample -> metric.under(draws.next()))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
    }

    private Interval interval(double value, double[] values) {
        double tail = (1 - level) / 2;
        return new Interval(value, percentile(values, tail), percentile(values, 1 - tail), resamples - values.length);
    }

    /** Linear between order statistics (Hyndman and Fan's type 7, the default of numpy and R). */
    private static double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** Weights of one resample after the other, in one buffer. */
    private static final class Draws {
        private final int[] unit;
        private final double[] weight;
        private final RandomGenerator random;
        private final int[] times;
        private final double[] drawn;

        Draws(int[] unit, double[] weight, RandomGenerator random) {
            int[] distinct = Arrays.stream(unit).sorted().distinct().toArray();
            this.unit = Arrays.stream(unit)
                    .map(one -> Arrays.binarySearch(distinct, one))
                    .toArray();
            this.weight = weight;
            this.random = random;
            this.times = new int[distinct.length];
            this.drawn = new double[weight.length];
        }

        double[] next() {
            Arrays.fill(times, 0);
            for (int draw = 0; draw < times.length; draw++) {
                times[random.nextInt(times.length)]++;
            }
            for (int row = 0; row < drawn.length; row++) {
                drawn[row] = times[unit[row]] * weight[row];
            }
            return drawn;
        }
    }
}

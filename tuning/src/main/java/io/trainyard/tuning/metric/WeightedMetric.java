package io.trainyard.tuning.metric;

/** A metric over fixed predictions as a function of the rows' weights: what a bootstrap evaluates a thousand times. */
@FunctionalInterface
interface WeightedMetric {

    /** The value under these weights, one a row; {@code NaN} where they leave it undefined. */
    double under(double[] weight);
}

package io.trainyard.features.profile;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What chance exceeds with a given probability.
 *
 * @param error that probability, in (0, 1)
 */
record Confidence(double error) {

    /** An equal part of the probability, for each of several events any of which may happen. */
    Confidence part(int events) {
        return new Confidence(error / events);
    }

    /** Standard errors of a normal variable, to one side. */
    double normal() {
        return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - error);
    }

    double chiSquared(int degrees) {
        return new ChiSquaredDistribution(null, degrees).inverseCumulativeProbability(1 - error);
    }

    /** Of the greatest distance between shares of n values up to any, times √n: Smirnov's first term, which is above all of them. */
    double kolmogorov() {
        return Math.sqrt(-Math.log(error / 2) / 2);
    }

    /** Of a positive variable with this mean and variance, as though it were log-normal. */
    double positive(double mean, double variance) {
        if (mean == 0) {
            return 0;
        }
        double spread = Math.log1p(variance / mean / mean);
        return mean * Math.exp(normal() * Math.sqrt(spread) - spread / 2);
    }
}

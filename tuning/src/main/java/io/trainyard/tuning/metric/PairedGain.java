package io.trainyard.tuning.metric;

import java.io.Serializable;
import java.util.List;

/**
 * How two models do on the same rows.
 *
 * @param first value of the one
 * @param second value of the other
 * @param gain by how much the first is better, below 0 where it is worse, in the metric's unit
 * @param resampled the gain in each resample in which it is defined, from the least to the greatest
 */
public record PairedGain(double first, double second, Interval gain, List<Double> resampled) implements Serializable {
    public PairedGain {
        resampled = List.copyOf(resampled);
    }

    /** The share of the resamples in which the gain is at least {@code least}; NaN where none is defined. */
    public double shareFrom(double least) {
        return share(resampled.stream().filter(gain -> gain >= least).count());
    }

    /** The share of the resamples in which the gain is more than {@code limit}; NaN where none is defined. */
    public double shareAbove(double limit) {
        return share(resampled.stream().filter(gain -> gain > limit).count());
    }

    private double share(long count) {
        return resampled.isEmpty() ? Double.NaN : (double) count / resampled.size();
    }
}

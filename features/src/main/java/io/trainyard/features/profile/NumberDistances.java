package io.trainyard.features.profile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Distances between distributions of finite numbers.
 *
 * @param reference not empty, as is the other
 */
record NumberDistances(Distribution reference, Distribution current, Sizes sizes, Confidence confidence) {

    private static final double MEAN_KOLMOGOROV = Math.sqrt(Math.PI / 2) * Math.log(2);
    private static final int PERCENTILES = 100;

    List<Distance> all() {
        return Stream.of(Optional.of(kolmogorovSmirnov()), wasserstein())
                .flatMap(Optional::stream)
                .toList();
    }

    private Distance kolmogorovSmirnov() {
        double value = reference.kolmogorovSmirnov(current);
        double unit = 1 / Math.sqrt(sizes.together());
        return new Distance(
                DriftMeasure.KOLMOGOROV_SMIRNOV, value, MEAN_KOLMOGOROV * unit, value - confidence.kolmogorov() * unit);
    }

    /** None if all numbers between the outer percentiles are equal. */
    private Optional<Distance> wasserstein() {
        double[] percentiles = new double[PERCENTILES - 1];
        for (int i = 0; i < percentiles.length; i++) {
            percentiles[i] = reference.quantile((i + 1.0) / PERCENTILES);
        }
        double low = percentiles[0];
        double high = percentiles[percentiles.length - 1];
        double unit = reference.deviation(low, high);
        if (unit == 0) {
            return Optional.empty();
        }
        double value = reference.wasserstein(current, low, high) / unit;
        WassersteinNoise noise = WassersteinNoise.of(percentiles);
        double mean = noise.mean() / unit / Math.sqrt(sizes.together());
        double variance = noise.variance() / unit / unit / sizes.together();
        return Optional.of(
                new Distance(DriftMeasure.WASSERSTEIN, value, mean, value - confidence.positive(mean, variance)));
    }
}

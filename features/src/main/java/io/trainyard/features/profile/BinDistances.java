package io.trainyard.features.profile;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Distances between the shares of bins.
 *
 * @param bins at least one, none empty on both sides
 */
record BinDistances(List<Bin> bins, Sizes sizes, Confidence confidence) {

    private static final double HALF_A_ROW = 0.5;

    List<Distance> all() {
        return List.of(populationStability(), jensenShannon(), chiSquared());
    }

    private Distance populationStability() {
        double[] p = shares(Bin::reference, HALF_A_ROW);
        double[] q = shares(Bin::current, HALF_A_ROW);
        Divergence divergence = Divergence.POPULATION_STABILITY;
        return new Distance(
                DriftMeasure.POPULATION_STABILITY,
                divergence.of(p, q),
                divergence.noise(bins.size(), sizes),
                divergence.lower(p, q, sizes, confidence));
    }

    private Distance jensenShannon() {
        return root(DriftMeasure.JENSEN_SHANNON, Divergence.JENSEN_SHANNON);
    }

    private Distance chiSquared() {
        Distance cramer = root(DriftMeasure.CHI_SQUARED, Divergence.CRAMER);
        ChiSquared test = ChiSquared.of(counts(Bin::reference), counts(Bin::current));
        double p = test.pValue(sizes.together() / new Sizes(sum(Bin::reference), sum(Bin::current)).together());
        return new Distance(cramer.measure(), cramer.value(), cramer.noise(), cramer.lower(), OptionalDouble.of(p));
    }

    private Distance root(DriftMeasure measure, Divergence divergence) {
        double[] p = shares(Bin::reference, 0);
        double[] q = shares(Bin::current, 0);
        return new Distance(
                measure,
                Math.sqrt(Math.max(0, divergence.of(p, q))),
                Math.sqrt(divergence.noise(bins.size(), sizes)),
                Math.sqrt(Math.max(0, divergence.lower(p, q, sizes, confidence))));
    }

    private double[] shares(ToDoubleFunction<Bin> side, double added) {
        double all = sum(side) + added * bins.size();
        return bins.stream()
                .mapToDouble(bin -> (side.applyAsDouble(bin) + added) / all)
                .toArray();
    }

    private double[] counts(ToDoubleFunction<Bin> side) {
        return bins.stream().mapToDouble(side).toArray();
    }

    private double sum(ToDoubleFunction<Bin> side) {
        return bins.stream().mapToDouble(side).sum();
    }
}

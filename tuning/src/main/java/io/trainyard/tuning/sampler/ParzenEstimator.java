package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The density of observed points: a mixture of one kernel per point and a prior, each kernel the product of one kernel per
 * parameter. Optuna 5's recipe ({@code optuna/samplers/_tpe/parzen_estimator.py}).
 */
final class ParzenEstimator {

    /** So many of the newest points have full weight. */
    private static final int FULL_WEIGHT = 25;

    private final List<Parameter> parameters;
    private final List<Kernels> kernels;
    private final double[] weights;
    private final double[] logWeights;

    private ParzenEstimator(List<Parameter> parameters, List<Kernels> kernels, double[] weights) {
        this.parameters = parameters;
        this.kernels = kernels;
        this.weights = weights;
        this.logWeights = Arrays.stream(weights).map(StrictMath::log).toArray();
    }

    /**
     * @param points oldest first; each has a value for every parameter
     * @param narrowest how wide the narrowest kernel may be, 1 being as wide as Optuna's
     */
    static ParzenEstimator fit(List<Parameter> parameters, List<Params> points, double narrowest) {
        List<Kernels> kernels = parameters.stream()
                .map(parameter -> Kernels.of(
                        parameter,
                        points.stream()
                                .map(point -> point.value(parameter.name()))
                                .toList(),
                        narrowest))
                .toList();
        return new ParzenEstimator(parameters, kernels, weights(points.size()));
    }

    /** Adds a value for every parameter to a point. */
    Params draw(Params point, RandomGenerator random) {
        int kernel = drawKernel(random);
        SortedMap<String, Object> values = new TreeMap<>(point.values());
        for (int i = 0; i < parameters.size(); i++) {
            values.put(parameters.get(i).name(), kernels.get(i).draw(kernel, random));
        }
        return new Params(values);
    }

    double logDensity(Params point) {
        double[] sums = logWeights.clone();
        for (int i = 0; i < parameters.size(); i++) {
            kernels.get(i).addLogDensities(point.value(parameters.get(i).name()), sums);
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (double term : sums) {
            largest = Math.max(largest, term);
        }
        double sum = 0;
        for (double term : sums) {
            sum += Exponential.of(term - largest);
        }
        return largest + StrictMath.log(sum);
    }

    private int drawKernel(RandomGenerator random) {
        double uniform = random.nextDouble();
        for (int kernel = 0; kernel < weights.length - 1; kernel++) {
            uniform -= weights[kernel];
            if (uniform < 0) {
                return kernel;
            }
        }
        return weights.length - 1;
    }

    /** Old points fade linearly from 1/n; the prior, last, weighs as much as a new point. The sum is 1. */
    private static double[] weights(int n) {
        double[] weights = new double[n + 1];
        Arrays.fill(weights, 1);
        int faded = n - FULL_WEIGHT;
        for (int i = 0; i < faded; i++) {
            weights[i] = faded == 1 ? 1.0 / n : 1.0 / n + (1 - 1.0 / n) * i / (faded - 1);
        }
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / total).toArray();
    }
}

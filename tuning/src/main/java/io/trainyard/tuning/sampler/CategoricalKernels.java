package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.CategoricalParameter;
import java.util.List;
import java.util.random.RandomGenerator;

/** Kernels over choices: each gives the observed choice 1 more than the others' 1 / kernels. */
final class CategoricalKernels implements Kernels {

    private final CategoricalParameter parameter;
    /** Index of the observed choice by kernel; the prior, which has none, is left out. */
    private final int[] observed;

    private final double match;
    private final double other;

    CategoricalKernels(CategoricalParameter parameter, List<Object> observations) {
        this.parameter = parameter;
        this.observed = observations.stream()
                .mapToInt(value -> parameter.choices().indexOf(value))
                .toArray();
        double share = 1.0 / (observed.length + 1);
        double total = 1 + parameter.choices().size() * share;
        this.match = (1 + share) / total;
        this.other = share / total;
    }

    @Override
    public Object draw(int kernel, RandomGenerator random) {
        double uniform = random.nextDouble();
        int choices = parameter.choices().size();
        if (kernel == observed.length) {
            return parameter.at(uniform);
        }
        for (int i = 0; i < choices; i++) {
            uniform -= i == observed[kernel] ? match : other;
            if (uniform < 0) {
                return parameter.choices().get(i);
            }
        }
        return parameter.choices().get(choices - 1);
    }

    @Override
    public void addLogDensities(Object value, double[] sums) {
        int choice = parameter.choices().indexOf(value);
        double logMatch = StrictMath.log(match);
        double logOther = StrictMath.log(other);
        for (int i = 0; i < observed.length; i++) {
            sums[i] += observed[i] == choice ? logMatch : logOther;
        }
        sums[observed.length] -= StrictMath.log(parameter.choices().size());
    }
}

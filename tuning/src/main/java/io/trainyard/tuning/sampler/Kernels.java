package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import java.util.List;
import java.util.random.RandomGenerator;

/** One density per observation of one parameter, in the order of the observations, and the prior last. */
sealed interface Kernels permits NumericKernels, CategoricalKernels {

    static Kernels of(Parameter parameter, List<Object> observations) {
        if (parameter instanceof CategoricalParameter categorical) {
            return new CategoricalKernels(categorical, observations);
        }
        double[] values = observations.stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray();
        if (parameter instanceof IntParameter whole) {
            return NumericKernels.of(whole.scale(), true, values);
        }
        return NumericKernels.of(((FloatParameter) parameter).scale(), false, values);
    }

    /** A value of the parameter, drawn from one of the kernels. */
    Object draw(int kernel, RandomGenerator random);

    /** Adds the logarithm of each kernel's density at a value to the kernel's place in an array. */
    void addLogDensities(Object value, double[] sums);
}

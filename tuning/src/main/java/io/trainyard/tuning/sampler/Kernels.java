package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Scale;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** One density per observation of one parameter, in the order of the observations, and the prior last. */
sealed interface Kernels permits NumericKernels, CategoricalKernels {

    /** @param narrowest as in {@link ParzenEstimator#fit} */
    static Kernels of(Parameter parameter, List<Object> observations, double narrowest) {
        if (parameter instanceof CategoricalParameter words) {
            return words.ordered()
                    ? numeric(
                            words.scale(),
                            word -> words.choices().indexOf(word),
                            place -> words.choices().get((int) place),
                            observations,
                            narrowest)
                    : new CategoricalKernels(words, observations);
        }
        if (parameter instanceof IntParameter whole) {
            return numeric(whole.scale(), value -> ((Long) value).doubleValue(), Math::round, observations, narrowest);
        }
        return numeric(
                ((FloatParameter) parameter).scale(),
                value -> (Double) value,
                number -> number,
                observations,
                narrowest);
    }

    private static Kernels numeric(
            Scale scale,
            ToDoubleFunction<Object> number,
            DoubleFunction<Object> value,
            List<Object> observations,
            double narrowest) {
        return new NumericKernels(scale, number, value, observations, narrowest);
    }

    /** A value of the parameter, drawn from one of the kernels. */
    Object draw(int kernel, RandomGenerator random);

    /** Adds the logarithm of each kernel's density at a value to the kernel's place in an array. */
    void addLogDensities(Object value, double[] sums);
}

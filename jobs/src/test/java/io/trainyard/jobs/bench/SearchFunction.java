package io.trainyard.jobs.bench;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.Condition;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A function to minimise whose minimum is 0. {@code optuna_samplers.py} defines the same ones.
 *
 * @param noise deviation of the values that a sampler is told around the true ones
 */
record SearchFunction(String name, SearchSpace space, ToDoubleFunction<Params> loss, double noise) {

    private static final double[] HARTMANN_WEIGHTS = {1.0, 1.2, 3.0, 3.2};
    private static final double[][] HARTMANN_STEEPNESS = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] HARTMANN_CENTRES = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };
    private static final double HARTMANN_MINIMUM = 3.322368011415515;
    private static final double BRANIN_MINIMUM = 0.39788735772973816;
    /** A hundredth of the range of Hartmann's function. */
    private static final double NOISE = 0.0332;

    static List<SearchFunction> all() {
        return List.of(
                new SearchFunction(
                        "branin",
                        SearchSpace.of(FloatParameter.uniform("x", -5, 10), FloatParameter.uniform("y", 0, 15)),
                        SearchFunction::branin,
                        0),
                new SearchFunction("hartmann6", cube(6, 0, 1), SearchFunction::hartmann, 0),
                new SearchFunction("ackley5", cube(5, -32.768, 32.768), SearchFunction::ackley, 0),
                new SearchFunction("rosenbrock10", cube(10, -5, 5), SearchFunction::rosenbrock, 0),
                new SearchFunction("sphere10", cube(10, -5, 5), SearchFunction::sphere, 0),
                new SearchFunction("mixed", mixedSpace(), SearchFunction::mixed, 0),
                new SearchFunction("conditional", conditionalSpace(), SearchFunction::conditional, 0),
                new SearchFunction("hartmann6-noisy", cube(6, 0, 1), SearchFunction::hartmann, NOISE));
    }

    private static SearchSpace cube(int dimensions, double low, double high) {
        return new SearchSpace(IntStream.range(0, dimensions)
                .<Parameter>mapToObj(i -> FloatParameter.uniform("x" + i, low, high))
                .toList());
    }

    private static double[] coordinates(Params params) {
        return IntStream.range(0, params.values().size())
                .mapToDouble(i -> params.number("x" + i))
                .toArray();
    }

    private static double branin(Params params) {
        double x = params.number("x");
        double y = params.number("y");
        double parabola = y - 5.1 / (4 * square(Math.PI)) * square(x) + 5 / Math.PI * x - 6;
        return square(parabola) + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10 - BRANIN_MINIMUM;
    }

    private static double hartmann(Params params) {
        double[] x = coordinates(params);
        double sum = 0;
        for (int i = 0; i < HARTMANN_WEIGHTS.length; i++) {
            double distance = 0;
            for (int d = 0; d < x.length; d++) {
                distance += HARTMANN_STEEPNESS[i][d] * square(x[d] - HARTMANN_CENTRES[i][d]);
            }
            sum += HARTMANN_WEIGHTS[i] * Math.exp(-distance);
        }
        return HARTMANN_MINIMUM - sum;
    }

    private static double ackley(Params params) {
        double[] x = coordinates(params);
        double squares = Arrays.stream(x).map(SearchFunction::square).average().orElseThrow();
        double waves =
                Arrays.stream(x).map(v -> Math.cos(2 * Math.PI * v)).average().orElseThrow();
        return -20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(waves) + 20 + Math.E;
    }

    private static double rosenbrock(Params params) {
        double[] x = coordinates(params);
        return IntStream.range(0, x.length - 1)
                .mapToDouble(i -> 100 * square(x[i + 1] - square(x[i])) + square(1 - x[i]))
                .sum();
    }

    private static double sphere(Params params) {
        return Arrays.stream(coordinates(params)).map(SearchFunction::square).sum();
    }

    private static SearchSpace mixedSpace() {
        return SearchSpace.of(
                CategoricalParameter.of("kind", "a", "b", "c", "d"),
                FloatParameter.log("rate", 1e-5, 1),
                IntParameter.log("units", 8, 1024),
                IntParameter.uniform("depth", 1, 12),
                FloatParameter.uniform("share", 0, 1));
    }

    private static double mixed(Params params) {
        int kind = "abcd".indexOf(params.text("kind"));
        double[] offsets = {1, 0.3, 0, 2};
        double[] centres = {0.2, 0.8, 0.6, 0.5};
        return offsets[kind]
                + 0.5 * square(Math.log10(params.number("rate")) + 2)
                + 0.2 * square(log2(params.integer("units") / 128.0))
                + 0.1 * square(params.number("depth") - 7)
                + 4 * square(params.number("share") - centres[kind]);
    }

    private static SearchSpace conditionalSpace() {
        Condition tree = new Condition("learner", Set.of("tree"));
        Condition linear = new Condition("learner", Set.of("linear"));
        return SearchSpace.of(
                CategoricalParameter.of("learner", "tree", "linear", "forest"),
                FloatParameter.log("penalty", 1e-6, 1).when(linear),
                FloatParameter.uniform("ratio", 0, 1).when(linear),
                IntParameter.uniform("depth", 1, 15).when(new Condition("learner", Set.of("tree", "forest"))),
                FloatParameter.uniform("share", 0.1, 1).when(new Condition("learner", Set.of("forest"))),
                FloatParameter.log("rate", 0.001, 1).when(tree),
                CategoricalParameter.of("grow", "depth", "leaf").when(tree),
                IntParameter.log("leaves", 8, 512).when(new Condition("grow", Set.of("leaf"))));
    }

    private static double conditional(Params params) {
        if (params.text("learner").equals("linear")) {
            return 0.3 + 0.1 * square(Math.log10(params.number("penalty")) + 3) + square(params.number("ratio") - 0.4);
        }
        double depth = params.number("depth");
        if (params.text("learner").equals("forest")) {
            return 0.2 + 0.02 * square(depth - 12) + 2 * square(params.number("share") - 0.5);
        }
        double loss = 0.02 * square(depth - 6) + 0.5 * square(Math.log10(params.number("rate")) + 1.5);
        return params.text("grow").equals("depth")
                ? 0.1 + loss
                : loss + 0.2 * square(log2(params.integer("leaves") / 64.0));
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    private static double square(double x) {
        return x * x;
    }
}

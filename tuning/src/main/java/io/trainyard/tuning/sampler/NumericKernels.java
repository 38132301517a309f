package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Scale;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Normal kernels on a parameter's line, cut off at its ends; the prior is as wide as the line. Where the parameter has
 * steps, a value's density is its step's mass.
 */
final class NumericKernels implements Kernels {

    private final Scale scale;
    private final ToDoubleFunction<Object> number;
    private final DoubleFunction<Object> valueOf;
    private final double[] centres;
    private final double[] widths;
    private final double[] inverseWidths;
    /** Logarithm of what each kernel's density, or mass, is to be divided by. */
    private final double[] logNorms;

    /** The first kernel that is the same: few steps give many equal kernels, whose masses are costly. */
    private final int[] firstAlike;

    /** By value: the logarithm of its step's mass in each kernel. Candidates often have the same few values. */
    private final Map<Double, double[]> stepMasses = new HashMap<>();

    /**
     * @param number a value's number on the scale
     * @param valueOf the value of a number
     * @param narrowest as in {@link ParzenEstimator#fit}
     */
    NumericKernels(
            Scale scale,
            ToDoubleFunction<Object> number,
            DoubleFunction<Object> valueOf,
            List<Object> observations,
            double narrowest) {
        this.scale = scale;
        this.number = number;
        this.valueOf = valueOf;
        this.centres = DoubleStream.concat(
                        observations.stream().mapToDouble(value -> scale.position(number.applyAsDouble(value))),
                        DoubleStream.of(0.5 * (scale.start() + scale.end())))
                .toArray();
        this.widths = widths(scale.start(), scale.end(), Arrays.copyOf(centres, centres.length - 1), narrowest);
        this.inverseWidths = Arrays.stream(widths).map(width -> 1 / width).toArray();
        this.logNorms =
                IntStream.range(0, centres.length).mapToDouble(this::logNorm).toArray();
        this.firstAlike = scale.discrete() ? firstAlike(centres, widths) : new int[0];
    }

    @Override
    public Object draw(int kernel, RandomGenerator random) {
        return valueOf.apply(scale.value(position(kernel, random)));
    }

    @Override
    public void addLogDensities(Object value, double[] sums) {
        double place = number.applyAsDouble(value);
        if (scale.discrete()) {
            addStepMasses(place, sums);
        } else {
            addDensities(scale.position(place), sums);
        }
    }

    private void addDensities(double position, double[] sums) {
        for (int i = 0; i < centres.length; i++) {
            double distance = (position - centres[i]) * inverseWidths[i];
            sums[i] += -0.5 * distance * distance - logNorms[i];
        }
    }

    private void addStepMasses(double value, double[] sums) {
        double[] logMasses = stepMasses.computeIfAbsent(value, this::stepMasses);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += logMasses[i];
        }
    }

    private double[] stepMasses(double value) {
        double from = scale.position(value - scale.step() / 2);
        double to = scale.position(value + scale.step() / 2);
        double[] logMasses = new double[centres.length];
        for (int i = 0; i < centres.length; i++) {
            boolean known = firstAlike[i] < i;
            logMasses[i] = known ? logMasses[firstAlike[i]] : StrictMath.log(mass(i, from, to)) - logNorms[i];
        }
        return logMasses;
    }

    /** What is cut off at the line's ends is given back to the rest. */
    private double logNorm(int kernel) {
        double logMass = StrictMath.log(mass(kernel, scale.start(), scale.end()));
        return scale.discrete() ? logMass : logMass + Gaussian.LOG_SQRT_2_PI + StrictMath.log(widths[kernel]);
    }

    private double mass(int kernel, double from, double to) {
        return Gaussian.mass((from - centres[kernel]) / widths[kernel], (to - centres[kernel]) / widths[kernel]);
    }

    /** Rejection is quick: a centre lies within the line, which is at least as long as the kernel is wide. */
    private double position(int kernel, RandomGenerator random) {
        while (true) {
            double position = centres[kernel] + widths[kernel] * RandomStream.gaussian(random);
            if (scale.start() <= position && position <= scale.end()) {
                return position;
            }
        }
    }

    /**
     * A kernel reaches to its farther neighbour; the line's ends are neighbours too, except for the outermost of two and
     * more. No kernel is narrower than a share of the line's length / min(100, kernels + 1) ("magic clip"), the prior counted.
     */
    private static double[] widths(double start, double end, double[] centres, double share) {
        int n = centres.length;
        double[] sorted = centres.clone();
        Arrays.sort(sorted);
        int[] before = new int[n];
        double length = end - start;
        double narrowest = share * length / Math.min(100, n + 2);
        double[] widths = new double[n + 1];
        for (int i = 0; i < n; i++) {
            double centre = centres[i];
            int first = first(sorted, centre);
            int rank = first + before[first]++; // equal ones in their own order
            double left = centre - (rank > 0 ? sorted[rank - 1] : start);
            double right = (rank < n - 1 ? sorted[rank + 1] : end) - centre;
            boolean outermost = n > 1 && (rank == 0 || rank == n - 1);
            double inner = rank == 0 ? right : left;
            double reach = outermost ? inner : Math.max(left, right);
            widths[i] = Math.max(narrowest, Math.min(length, reach));
        }
        widths[n] = length;
        return widths;
    }

    /** The lowest index of a value that is there. */
    private static int first(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int[] firstAlike(double[] centres, double[] widths) {
        record Kernel(double centre, double width) {}
        Map<Kernel, Integer> first = new HashMap<>();
        return IntStream.range(0, centres.length)
                .map(i -> first.computeIfAbsent(new Kernel(centres[i], widths[i]), kernel -> i))
                .toArray();
    }
}

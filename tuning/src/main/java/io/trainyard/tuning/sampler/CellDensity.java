package io.trainyard.tuning.sampler;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Parzen estimates of the probability of cells from how many points are in each, a uniform or wide prior counting as one point.
 * Optuna 5's recipe ({@code optuna/importance/_ped_anova/scott_parzen_estimator.py}).
 */
final class CellDensity {

    /** 90 % of the narrowest kernel lie in its own cell. */
    private static final double NARROWEST = 0.5 / 1.64;

    private CellDensity() {}

    /** Of cells without an order: each cell that has points gives 1 more to itself than to the others. */
    static double[] ofChoices(int[] counts) {
        long observed = Arrays.stream(counts).filter(count -> count > 0).count();
        double share = 1.0 / (observed + 1);
        double total = Arrays.stream(counts).sum();
        double[] density = new double[counts.length];
        Arrays.setAll(density, cell -> {
            double kernels = (counts[cell] + total * share) / (1 + counts.length * share);
            return (kernels + 1.0 / counts.length) / (total + 1);
        });
        return density;
    }

    /** Of cells in a row: a normal kernel on each cell that has points, of one width by Scott's rule. */
    static double[] smooth(int[] counts) {
        int cells = counts.length;
        double total = Arrays.stream(counts).sum();
        double width = Math.max(NARROWEST, scott(counts));
        double[] density = new double[cells];
        addKernel(density, 0.5 * (cells - 1), cells, 1 / (total + 1));
        for (int centre = 0; centre < cells; centre++) {
            if (counts[centre] > 0) {
                addKernel(density, centre, width, counts[centre] / (total + 1));
            }
        }
        return density;
    }

    /** What is cut off at the ends is given back to the rest. */
    private static void addKernel(double[] density, double centre, double width, double weight) {
        double inside = Gaussian.mass((-0.5 - centre) / width, (density.length - 0.5 - centre) / width);
        for (int cell = 0; cell < density.length; cell++) {
            double mass = Gaussian.mass((cell - 0.5 - centre) / width, (cell + 0.5 - centre) / width);
            density[cell] += weight * mass / inside;
        }
    }

    /** Scott's rule with the smaller of deviation and quartile distance (Scott 1992, section 6.5). */
    private static double scott(int[] counts) {
        int total = Arrays.stream(counts).sum();
        double mean = moment(counts, 0, 1) / total;
        double deviation = StrictMath.sqrt(moment(counts, mean, 2) / Math.max(1, total - 1));
        int quartiles = first(counts, total * 3L / 4 + 1) - first(counts, total / 4);
        return 1.059 * Math.min(quartiles / 1.34, deviation) * StrictMath.pow(total, -0.2);
    }

    private static double moment(int[] counts, double centre, int power) {
        return IntStream.range(0, counts.length)
                .mapToDouble(cell -> counts[cell] * (power == 1 ? cell - centre : (cell - centre) * (cell - centre)))
                .sum();
    }

    /** The first cell with points up to which there are so many, or the last that has any. */
    private static int first(int[] counts, long wanted) {
        long seen = 0;
        int last = 0;
        for (int cell = 0; cell < counts.length && (seen == 0 || seen < wanted); cell++) {
            if (counts[cell] > 0) {
                seen += counts[cell];
                last = cell;
            }
        }
        return last;
    }
}

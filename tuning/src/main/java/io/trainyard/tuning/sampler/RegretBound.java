package io.trainyard.tuning.sampler;

import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.StoppingRule;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * More search would not pay: the best value that is plausible anywhere is hardly better than the best trial's (Makarova et al.,
 * "Automatic termination for hyperparameter optimization", 2022). Plausible is what lies within a confidence bound of a Gaussian
 * process that was fitted to the trials.
 *
 * @param tolerance so much better, in units of the first metric, is hardly better
 */
public record RegretBound(double tolerance) implements StoppingRule {

    /** Before, the process knows too little for its bounds to mean anything. */
    private static final int FEWEST_TRIALS = 20;

    private static final int MOST_TRIALS = 200;
    private static final int CANDIDATES = 1000;
    /** The probability that a bound does not hold, and the factor by which such bounds are too wide (Srinivas et al. 2010). */
    private static final double FAILURE = 0.1;

    private static final double TOO_WIDE = 5;

    public RegretBound {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("Cannot stop at a regret of %s: must be above 0".formatted(tolerance));
        }
    }

    @Override
    public Optional<String> reason(Problem problem, History history) {
        if (history.complete().size() < FEWEST_TRIALS) {
            return Optional.empty();
        }
        double bound = bound(problem, history);
        return bound <= tolerance
                ? Optional.of(String.format(
                        Locale.ROOT, "more search would gain at most %.3g, within the tolerance %s", bound, tolerance))
                : Optional.empty();
    }

    /** How much better than the best trial a point of the space may plausibly be, in units of the first metric. */
    double bound(Problem problem, History history) {
        Observations seen =
                Observations.of(history.complete(), problem.direction()).atMost(MOST_TRIALS);
        double mean = Arrays.stream(seen.losses()).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(seen.losses())
                .map(loss -> (loss - mean) * (loss - mean))
                .average()
                .orElseThrow());
        if (!(deviation > 0)) {
            return 0;
        }
        UnitCube cube = new UnitCube(problem.space());
        double[] values = Arrays.stream(seen.losses())
                .map(loss -> (mean - loss) / deviation)
                .toArray();
        double[][] points = seen.points(cube);
        GaussianProcess process = GaussianProcess.of(
                points, cube.categorical(), values, new KernelFit(points, cube.categorical(), values).fit());
        double width = Math.sqrt(2
                / TOO_WIDE
                * StrictMath.log(
                        points[0].length * (double) points.length * points.length * Math.PI * Math.PI / (6 * FAILURE)));
        double known = Arrays.stream(points)
                .mapToDouble(point -> edge(process, point, -width))
                .max()
                .orElseThrow();
        RandomGenerator random =
                RandomStream.of(problem.seed(), history.complete().size(), "regret");
        double plausible = known;
        for (double[] point : points) {
            plausible = Math.max(plausible, edge(process, point, width));
        }
        for (int i = 0; i < CANDIDATES; i++) {
            double[] point = cube.encode(Untried.draw(problem.space(), random));
            plausible = Math.max(plausible, edge(process, point, width));
        }
        return (plausible - known) * deviation;
    }

    private static double edge(GaussianProcess process, double[] point, double deviations) {
        GaussianProcess.Posterior posterior = process.at(point);
        return posterior.mean() + deviations * Math.sqrt(posterior.variance());
    }
}

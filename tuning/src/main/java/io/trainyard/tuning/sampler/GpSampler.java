package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Trial;
import java.util.Arrays;
import java.util.List;

/**
 * Bayesian optimisation: a Gaussian process is fitted to the trials, and the next point is the one of which it expects the
 * largest improvement. Begins with a Sobol sequence. Every third trial goes where the mean is best rather than where the
 * improvement may be largest.
 *
 * <p>Losses are bent towards a normal distribution first. A failed trial counts as the worst one; a pruned one with what it would
 * probably have come to ({@link Observations#of}). A pending trial counts with what the process expects of
 * it (Ginsbourger et al. 2010, "kriging believer"), so that parallel workers do not try the same place.
 */
public final class GpSampler implements Sampler {

    /** Of more trials, the process would take longer than it helps. */
    private static final int MOST_TRIALS = 300;

    /** The kernel hardly changes with more. */
    private static final int MOST_FITTED = 120;

    /** Around so many of the best points the next one is looked for. */
    private static final int BEST_POINTS = 5;

    /**
     * One trial in so many is to improve on a value that is {@link #LENIENCE} below the best, in deviations of all values: then the
     * mean decides, and not the spread. Without it, trials mostly explore, and end farther from the optimum on most functions.
     */
    private static final int EXPLOITS = 3;

    private static final double LENIENCE = 0.1;

    private final Sampler startup = new SobolSampler();

    @Override
    public Params suggest(Problem problem, History history, int number) {
        if (Startup.goesOnOfProcess(problem, history) || history.complete().isEmpty()) {
            return startup.suggest(problem, history, number);
        }
        UnitCube cube = new UnitCube(problem.space());
        Observations seen =
                Observations.of(history.finished(), problem.direction()).atMost(MOST_TRIALS);
        GaussianProcess process = process(seen, cube);
        double[][] points = seen.points(cube);
        double best = Arrays.stream(points).mapToDouble(process::mean).max().orElseThrow();
        for (Trial pending : history.pending()) {
            double[] point = cube.encode(pending.params());
            best = Math.max(best, process.mean(point));
            process = process.believing(point);
        }
        if (number % EXPLOITS == 0) {
            best -= LENIENCE;
        }
        List<double[]> centres = Arrays.stream(seen.bestFirst())
                .limit(BEST_POINTS)
                .mapToObj(index -> points[index])
                .toList();
        return new AcquisitionSearch(
                        problem.space(),
                        cube,
                        new LogExpectedImprovement(process, best),
                        RandomStream.of(problem.seed(), number, "gp"))
                .next(centres, history);
    }

    /** What is known of the loss of all points, larger values being better. */
    static GaussianProcess process(Observations seen, UnitCube cube) {
        Observations fitted = seen.atMost(MOST_FITTED);
        boolean[] categorical = cube.categorical();
        GaussianProcess.Kernel kernel = new KernelFit(fitted.points(cube), categorical, fitted.values()).fit();
        return GaussianProcess.of(seen.points(cube), categorical, seen.values(), kernel);
    }
}

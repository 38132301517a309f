package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Grid;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import java.util.OptionalLong;

/**
 * Leaves the search to the sampler that suits it.
 *
 * @param trials of the study
 * @param parallelism trials at once
 */
public record AutoSampler(int trials, int parallelism) implements Sampler {

    /** With more, a Gaussian process sees only a part of them, and takes long. */
    private static final int MOST_TRIALS_OF_A_PROCESS = 500;

    /** With more, a Gaussian process has too few trials for its lengths. */
    private static final int MOST_PARAMETERS_OF_A_PROCESS = 30;

    /**
     * A sampler and why it was chosen.
     *
     * @param name as in pipeline files
     */
    public record Choice(String name, Sampler sampler, String reason) {}

    /** What this sampler does for a problem. */
    public Choice choose(Problem problem) {
        if (problem.directions().size() > 1) {
            return new Choice("nsga2", new NsgaSampler(), "several metrics have a front of best trials");
        }
        OptionalLong points = new Grid(problem.space()).admitted();
        if (points.isPresent() && points.getAsLong() <= trials) {
            return new Choice(
                    "grid", new GridSampler(), "%d trials cover all %d points".formatted(trials, points.getAsLong()));
        }
        if (2L * parallelism >= trials) {
            return new Choice(
                    "sobol",
                    new SobolSampler(),
                    "%d of %d trials at once leave little to learn from".formatted(parallelism, trials));
        }
        int parameters = problem.space().parameters().size();
        if (trials > MOST_TRIALS_OF_A_PROCESS || parameters > MOST_PARAMETERS_OF_A_PROCESS) {
            return new Choice(
                    "tpe",
                    new TpeSampler(),
                    "%d trials of %d parameters are many for a Gaussian process".formatted(trials, parameters));
        }
        return new Choice(
                "gp",
                new GpSampler(),
                "%d trials of %d parameters are few enough for a Gaussian process".formatted(trials, parameters));
    }

    @Override
    public Params suggest(Problem problem, History history, int number) {
        return choose(problem).sampler().suggest(problem, history, number);
    }
}

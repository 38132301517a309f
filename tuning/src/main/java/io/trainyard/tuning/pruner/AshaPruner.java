package io.trainyard.tuning.pruner;

import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Pruner;
import io.trainyard.tuning.study.Trial;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Asynchronous successive halving by promotion (Li et al. 2020, "A system for massively parallel hyperparameter tuning", algorithm 2).
 * A trial pauses at each rung, and goes on while it is among the best 1/{@code reductionFactor} of all that came to this rung.
 *
 * <p>Three things differ from the paper. A trial that ended before a rung of its own accord has come to it with its final value. The best
 * few of a rung always go on, so that a small study too has trials that ran to their end, and a sampler's first model is not one of
 * trials that were stopped. And a trial that failed later gives its place to the next.
 *
 * @param reductionFactor between the steps of one rung and the next
 * @param minResource the first rung, in steps
 * @param fewest how many of a rung always go on
 */
public record AshaPruner(int reductionFactor, int minResource, int fewest) implements Pruner {

    public AshaPruner {
        if (reductionFactor < 2) {
            throw new IllegalArgumentException(
                    "Cannot halve by a reduction factor of %d: at least 2".formatted(reductionFactor));
        }
        if (minResource < 1) {
            throw new IllegalArgumentException(
                    "Cannot have a first rung after %d steps: at least 1".formatted(minResource));
        }
        if (fewest < 1) {
            throw new IllegalArgumentException("Cannot let %d trials of a rung go on: at least 1".formatted(fewest));
        }
    }

    /** Only the best one of a rung always goes on. */
    public AshaPruner(int reductionFactor, int minResource) {
        this(reductionFactor, minResource, 1);
    }

    public AshaPruner() {
        this(4, 1);
    }

    @Override
    public Decision decide(Problem problem, Trial trial, History history) {
        int step = trial.step();
        if (!isRung(step)) {
            return Decision.GO_ON;
        }
        double loss = problem.direction().loss(trial.reports().get(step));
        int arrived = 1;
        int better = 0;
        for (List<Trial> others : List.of(history.finished(), history.pending())) {
            for (Trial other : others) {
                OptionalDouble reached = other.reached(step);
                if (reached.isPresent()) {
                    double rival = problem.direction().loss(reached.getAsDouble());
                    int order = Double.compare(rival, loss);
                    boolean ahead = order < 0 || (order == 0 && other.number() < trial.number());
                    arrived++;
                    better += ahead && !failed(other) ? 1 : 0;
                }
            }
        }
        return better < Math.max(fewest, arrived / reductionFactor) ? Decision.GO_ON : Decision.WAIT;
    }

    @Override
    public int nextStep(Problem problem, Trial trial) {
        long rung = minResource;
        while (rung <= trial.step()) {
            rung *= reductionFactor;
        }
        return (int) Math.min(rung, problem.fidelity().steps());
    }

    @Override
    public boolean pauses() {
        return true;
    }

    /** All that are ahead of a trial are ahead of a worse one too, and so is the trial itself. */
    @Override
    public Object line(Problem problem, Trial trial) {
        return trial.step();
    }

    private boolean isRung(int step) {
        long rung = minResource;
        while (rung < step) {
            rung *= reductionFactor;
        }
        return rung == step;
    }

    private static boolean failed(Trial trial) {
        return trial.outcome().isPresent() && trial.outcome().get() instanceof Outcome.Failed;
    }
}

package io.trainyard.tuning.pruner;

import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Pruner;
import io.trainyard.tuning.study.Trial;
import java.util.Collection;

/**
 * For trials whose steps are folds: stops one whose mean over its folds so far is worse than the worst fold of the best complete trial
 * (Bergman, Purucker and Hutter 2024, "Don't waste your time: early stopping cross-validation"). Folds differ in how hard they are, so
 * that to be worse than the best trial's mean says little after one of them.
 */
public record ForgivingPruner() implements Pruner {

    @Override
    public Decision decide(Problem problem, Trial trial, History history) {
        Direction direction = problem.direction();
        double mean = sum(trial.reports().values()) / trial.reports().size();
        return history.best(direction)
                .filter(best -> direction.loss(mean) > worstFold(problem, best))
                .map(best -> Decision.STOP)
                .orElse(Decision.GO_ON);
    }

    /** Of its last fold a trial tells nothing but what makes up its mean. */
    private static double worstFold(Problem problem, Trial best) {
        Direction direction = problem.direction();
        double mean = best.value().orElseThrow();
        double worst = best.reports().values().stream()
                .mapToDouble(direction::loss)
                .max()
                .orElse(direction.loss(mean));
        int folds = problem.fidelity().steps();
        if (best.reports().size() != folds - 1) {
            return worst;
        }
        double last = folds * mean - sum(best.reports().values());
        return Math.max(worst, direction.loss(last));
    }

    /** In this order: the JDK does not promise how its streams add. */
    private static double sum(Collection<Double> values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    @Override
    public int nextStep(Problem problem, Trial trial) {
        return Math.min(trial.step() + 1, problem.fidelity().steps());
    }
}

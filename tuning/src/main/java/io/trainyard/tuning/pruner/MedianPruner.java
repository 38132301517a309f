package io.trainyard.tuning.pruner;

import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Pruner;
import io.trainyard.tuning.study.Trial;

/**
 * Stops a trial whose best value so far is worse than the median that the complete trials had at the same step, as Vizier's rule
 * (Golovin et al. 2017) is in Optuna.
 *
 * @param startupTrials that must have come through this step to their end, before any is stopped there
 * @param warmUpSteps at which no trial is stopped
 * @param interval between decisions, in steps
 */
public record MedianPruner(int startupTrials, int warmUpSteps, int interval) implements Pruner {

    public MedianPruner {
        if (startupTrials < 1) {
            throw new IllegalArgumentException(
                    "Cannot take the median of %d startup trials: at least 1".formatted(startupTrials));
        }
        if (warmUpSteps < 0) {
            throw new IllegalArgumentException("Cannot warm up for %d steps: at least 0".formatted(warmUpSteps));
        }
        if (interval < 1) {
            throw new IllegalArgumentException("Cannot decide every %d steps: at least 1".formatted(interval));
        }
    }

    public MedianPruner() {
        this(5, 0, 1);
    }

    @Override
    public Decision decide(Problem problem, Trial trial, History history) {
        int step = trial.step();
        if (step <= warmUpSteps || (step - warmUpSteps) % interval != 0) {
            return Decision.GO_ON;
        }
        Direction direction = problem.direction();
        double[] losses = history.complete().stream()
                .flatMapToDouble(other -> other.reached(step).stream())
                .map(direction::loss)
                .sorted()
                .toArray();
        double best = trial.reports().values().stream()
                .mapToDouble(direction::loss)
                .min()
                .orElseThrow();
        return losses.length >= startupTrials && best > median(losses) ? Decision.STOP : Decision.GO_ON;
    }

    @Override
    public int nextStep(Problem problem, Trial trial) {
        int decided = Math.max(0, trial.step() - warmUpSteps) / interval;
        long next = warmUpSteps + (decided + 1L) * interval;
        return (int) Math.min(next, problem.fidelity().steps());
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}

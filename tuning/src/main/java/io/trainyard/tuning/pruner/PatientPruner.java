package io.trainyard.tuning.pruner;

import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Pruner;
import io.trainyard.tuning.study.Trial;
import java.util.List;

/**
 * Asks another pruner only about trials that have stopped improving: those whose best value of the last {@code patience} + 1 reports is
 * worse than their best before by more than {@code minDelta}, as in Optuna. For curves that rise now and then.
 *
 * @param wrapped is asked where patience is lost
 * @param patience in reports
 * @param minDelta in units of the metric
 */
public record PatientPruner(Pruner wrapped, int patience, double minDelta) implements Pruner {

    public PatientPruner {
        if (patience < 0) {
            throw new IllegalArgumentException("Cannot be patient for %d reports: at least 0".formatted(patience));
        }
        if (!(minDelta >= 0)) {
            throw new IllegalArgumentException(
                    "Cannot tolerate that a value is worse by %s: at least 0".formatted(minDelta));
        }
    }

    @Override
    public Decision decide(Problem problem, Trial trial, History history) {
        return losesPatience(problem.direction(), List.copyOf(trial.reports().values()))
                ? wrapped.decide(problem, trial, history)
                : Decision.GO_ON;
    }

    @Override
    public int nextStep(Problem problem, Trial trial) {
        return wrapped.nextStep(problem, trial);
    }

    @Override
    public boolean pauses() {
        return wrapped.pauses();
    }

    private boolean losesPatience(Direction direction, List<Double> values) {
        int before = values.size() - patience - 1;
        return before > 0
                && best(direction, values.subList(0, before)) + minDelta
                        < best(direction, values.subList(before, values.size()));
    }

    private static double best(Direction direction, List<Double> values) {
        return values.stream().mapToDouble(direction::loss).min().orElseThrow();
    }
}

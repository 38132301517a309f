package io.trainyard.tuning.pruner;

import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Pruner;
import io.trainyard.tuning.study.Trial;

/**
 * For trials whose steps are folds: stops one that is worse than the best complete trial on the same folds by a paired one-sided
 * signed-rank test (Wilcoxon 1945). One whose mean is no worse goes on whatever the test says, as in Optuna.
 *
 * <p>The test is exact, so few folds never suffice: of n, the least probability is 2^-n, and 0.1 takes 4.
 *
 * @param threshold the probability of so much difference by chance, below which a trial is stopped
 */
public record WilcoxonPruner(double threshold) implements Pruner {

    public WilcoxonPruner {
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException(
                    "Cannot test at a threshold of %s: must be between 0 and 1".formatted(threshold));
        }
    }

    public WilcoxonPruner() {
        this(0.1);
    }

    @Override
    public Decision decide(Problem problem, Trial trial, History history) {
        double[] differences = history.best(problem.direction())
                .map(best -> differences(problem.direction(), trial, best))
                .orElse(new double[0]);
        return sum(differences) > 0 && SignedRank.chance(differences) < threshold ? Decision.STOP : Decision.GO_ON;
    }

    @Override
    public int nextStep(Problem problem, Trial trial) {
        return Math.min(trial.step() + 1, problem.fidelity().steps());
    }

    /** In this order: the JDK does not promise how its streams add. */
    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** By how much the trial's loss is larger, at every step that both have. Equal infinities do not differ. */
    private static double[] differences(Direction direction, Trial trial, Trial best) {
        return trial.reports().entrySet().stream()
                .filter(report -> best.reports().containsKey(report.getKey()))
                .mapToDouble(report -> {
                    double loss = direction.loss(report.getValue());
                    double other = direction.loss(best.reports().get(report.getKey()));
                    return loss == other ? 0 : loss - other;
                })
                .filter(difference -> !Double.isNaN(difference))
                .toArray();
    }
}

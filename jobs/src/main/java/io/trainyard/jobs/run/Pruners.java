package io.trainyard.jobs.run;

import io.trainyard.jobs.config.PrunerName;
import io.trainyard.tuning.pruner.AshaPruner;
import io.trainyard.tuning.pruner.ForgivingPruner;
import io.trainyard.tuning.pruner.HyperbandPruner;
import io.trainyard.tuning.pruner.MedianPruner;
import io.trainyard.tuning.pruner.WilcoxonPruner;
import io.trainyard.tuning.study.Fidelity;
import io.trainyard.tuning.study.NoPruner;
import io.trainyard.tuning.study.Pruner;
import java.util.Arrays;

/** The pruners that a pipeline file may name, with rungs that suit boosting. */
final class Pruners {
    /** As finely as any pruner here divides a trial. */
    private static final Fidelity STEPS = new Fidelity(64);

    /** Before, a booster's values say little about its last. */
    private static final int FIRST_STEP = 4;

    /**
     * Model-based samplers soon suggest little but good trials, of which the first rungs cannot tell the best: ASHA looks at them
     * later, and lets every second go on. Both found good values on {@code adult} in half the time of a first rung at 4 and one in four.
     * Five always go on, which are most of the first ten: on {@code fraud}, where shallow trees of a small learning rate end well and do
     * not begin so, studies came to good values with 9 trials in the median, and with 12 where only the best one always went on.
     */
    private static final AshaPruner ASHA = new AshaPruner(2, 8, 5);

    private Pruners() {}

    static Pruner of(PrunerName name) {
        return switch (name) {
            case NONE -> new NoPruner();
            case ASHA -> ASHA;
            case HYPERBAND -> new HyperbandPruner(4, FIRST_STEP);
            case MEDIAN -> new MedianPruner(5, FIRST_STEP, FIRST_STEP);
            case FORGIVING -> new ForgivingPruner();
            case WILCOXON -> new WilcoxonPruner();
        };
    }

    /** In how many steps a trial is divided for it. */
    static Fidelity fidelity(PrunerName name, int folds) {
        if (name == PrunerName.NONE) {
            return Fidelity.none();
        }
        return name.betweenFolds() ? new Fidelity(folds) : STEPS;
    }

    /** The pruner that a study began with. */
    static Pruner of(StudyFile.Recipe recipe) {
        return of(Arrays.stream(PrunerName.values())
                .filter(known -> known.toString().equals(recipe.pruner()))
                .findFirst()
                .orElseThrow(() -> new JobException(
                        "Study '%s' was begun with pruner '%s', which this release does not have: use the release that began it"
                                .formatted(recipe.definition().name(), recipe.pruner()))));
    }
}

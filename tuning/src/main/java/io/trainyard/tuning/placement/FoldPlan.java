package io.trainyard.tuning.placement;

/**
 * How a trial goes through the folds of a search.
 *
 * @param folds in which a trial is fitted and judged; 1 is a holdout
 * @param stepwise whether each fold is a step of the study, after which a pruner may end the trial
 * @param oneAtATime whether all trials are in the same fold at any moment, so that executors hold the matrices of one fold alone
 */
public record FoldPlan(int folds, boolean stepwise, boolean oneAtATime) {
    public FoldPlan {
        if (folds < 1) {
            throw new IllegalArgumentException("A trial over " + folds + " folds: at least 1");
        }
    }

    /** One fold, in which a trial may be divided otherwise. */
    public static FoldPlan holdout() {
        return new FoldPlan(1, false, false);
    }

    boolean several() {
        return folds > 1;
    }

    /** The fold after the last one that a trial goes through on its way to a step. */
    int until(int step) {
        return stepwise ? Math.min(step, folds) : folds;
    }
}

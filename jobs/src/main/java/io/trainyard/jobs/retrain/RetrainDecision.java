package io.trainyard.jobs.retrain;

import java.util.List;

/**
 * What is to be done about a model.
 *
 * @param reasons in words and numbers; at least one
 */
public record RetrainDecision(Action action, List<String> reasons) {
    public RetrainDecision {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("The decision %s has no reason: give one".formatted(action));
        }
    }

    /** What can be done; the later, the stronger. */
    public enum Action {
        /** All is well. */
        NOTHING,
        /** Something is worth a look, and a training would not help, or not yet. */
        WATCH,
        /** Train again. */
        RETRAIN,
        /** Return to the version before. */
        ROLLBACK
    }
}

package io.trainyard.jobs.config;

import java.util.Locale;

/** The ways to end bad trials early, by the names that a pipeline file uses. */
public enum PrunerName {
    NONE,
    ASHA,
    HYPERBAND,
    MEDIAN,
    FORGIVING,
    WILCOXON;

    /** Whether it ends trials between folds; the others do so between rounds. */
    public boolean betweenFolds() {
        return this == FORGIVING || this == WILCOXON;
    }

    /** Whether trials wait for others, so that which go on depends on timing. */
    boolean pauses() {
        return this == ASHA || this == HYPERBAND;
    }

    /** The name in the file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.trainyard.jobs.config;

import io.trainyard.tuning.metric.Task;
import java.util.Locale;

/** The families of models, by the names that a pipeline file uses. */
public enum LearnerName {
    XGBOOST,
    LOGISTIC_REGRESSION,
    LINEAR_REGRESSION,
    RANDOM_FOREST;

    /** Whether the family can predict this. */
    public boolean fits(Task task) {
        return switch (this) {
            case XGBOOST, RANDOM_FOREST -> true;
            case LOGISTIC_REGRESSION -> task != Task.REGRESSION;
            case LINEAR_REGRESSION -> task == Task.REGRESSION;
        };
    }

    /** The name in the file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.trainyard.jobs.config;

import java.util.Locale;

/** What trials of xgboost are trained on, by the names that a pipeline file uses. */
public enum DeviceName {
    CPU,
    /** The GPU that Spark gives a task, or the task's share of one. */
    CUDA;

    /** The name in the file, which is XGBoost's as well. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

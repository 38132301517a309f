package io.trainyard.jobs.config;

import java.util.Locale;

/** Where trials of xgboost run, by the names that a pipeline file uses. */
public enum PlacementName {
    /** Chosen from the size of the data and what executors have; refused where it cannot fit. */
    AUTO,
    /** Each in one executor that holds all rows, whether it has room for them or not. */
    RESIDENT;

    /** The name in the file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

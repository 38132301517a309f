package io.trainyard.jobs.config;

import java.util.Locale;

/** Where trials of xgboost run, by the names that a pipeline file uses. */
public enum PlacementName {
    /** Each in one executor that holds all rows; refused where executors have no room for them. */
    AUTO,
    /** Each in one executor that holds all rows, whether there is room for them or not. */
    RESIDENT;

    /** The name in the file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

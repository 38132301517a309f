package io.trainyard.jobs.config;

import java.util.Locale;

/** Where trials of xgboost run, by the names that a pipeline file uses. */
public enum PlacementName {
    /** Each in one executor that holds all rows; where executors have no room for them, on several workers that share them. */
    AUTO,
    /** Each in one executor that holds all rows, whether there is room for them or not. */
    RESIDENT,
    /** Each on several workers that share the rows. */
    DISTRIBUTED;

    /** The name in the file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.trainyard.jobs.config;

import java.util.Locale;

/** The ways to end bad trials early, by the names that a pipeline file uses. */
public enum PrunerName {
    NONE,
    ASHA,
    HYPERBAND,
    MEDIAN;

    /** The name in the file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

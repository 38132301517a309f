package io.trainyard.jobs.config;

import java.util.Locale;

/** The ways to choose what the next trial tries, by the names that a pipeline file uses. */
public enum SamplerName {
    AUTO,
    TPE,
    GP,
    NSGA2,
    RANDOM,
    SOBOL,
    GRID;

    /** The name in the file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

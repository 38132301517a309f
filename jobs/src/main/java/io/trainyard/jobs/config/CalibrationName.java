package io.trainyard.jobs.config;

import java.util.Locale;

/** How probabilities are calibrated, by the names that a pipeline file uses. */
public enum CalibrationName {
    /** By the sigmoid of the margin times a factor plus a number, which the booster itself takes in. */
    PLATT,
    /** By any function that never falls, beside the booster. */
    ISOTONIC;

    /** The name in the file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

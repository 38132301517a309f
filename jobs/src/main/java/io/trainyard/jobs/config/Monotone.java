package io.trainyard.jobs.config;

import java.util.Locale;

/** How predictions may move with a feature. */
public enum Monotone {
    INCREASING,
    DECREASING;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

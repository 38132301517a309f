package io.trainyard.jobs.retrain;

import java.util.Locale;

/** Ways to go about training again. */
public enum Strategy {
    /** The first model stays. */
    NEVER,
    /** A new model after every period. */
    ALWAYS,
    /** As a {@link RetrainPolicy} decides. */
    POLICY;

    /** As results write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

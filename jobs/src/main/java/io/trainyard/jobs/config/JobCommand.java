package io.trainyard.jobs.config;

import java.util.Locale;

/** What a deployed job does, by the names that a pipeline file and the command line use. */
public enum JobCommand {
    /** Everything the file describes. */
    RUN,
    TRAIN,
    TUNE,
    SCORE,
    MONITOR,
    /** Trains again when it is worth it. */
    RETRAIN;

    /** The name in the file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

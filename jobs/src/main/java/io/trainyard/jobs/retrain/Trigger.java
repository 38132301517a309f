package io.trainyard.jobs.retrain;

import java.util.Locale;

/** What may lead to a training, by the names that a pipeline file uses. */
public enum Trigger {
    /** Features, predictions or labels that are other ones than at the training. */
    DRIFT,
    /** A metric that is surely worse than on the test rows. */
    METRIC_DROP,
    /** Labelled rows that the training did not have. */
    NEW_ROWS,
    /** Time since the training. */
    AGE;

    /** The name in the file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.trainyard.tuning.learner;

import java.util.Locale;

/** How much of a learner a search tries out. */
public enum Preset {
    /** The few parameters that matter most, in narrow ranges: for up to 30 trials. */
    FAST,
    /** What is worth tuning on most data. */
    DEFAULT,
    /** Everything within reason: for hundreds of trials. */
    WIDE;

    /** The name in pipeline files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

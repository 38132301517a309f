package io.trainyard.tuning.sampler;

import io.trainyard.tuning.study.History;

/** When there is enough to fit a model to. */
final class Startup {

    /** Trials that were asked for, and how many of them must have ended: parallel workers need not wait for all. */
    private static final int ASKED = 10;

    private static final int FINISHED = 4;

    private Startup() {}

    /** Whether a sampler should still spread trials evenly. */
    static boolean goesOn(History history) {
        return history.finished().size() < FINISHED
                || history.finished().size() + history.pending().size() < ASKED;
    }
}

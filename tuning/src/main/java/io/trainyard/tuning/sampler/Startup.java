package io.trainyard.tuning.sampler;

import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;

/** When there is enough to fit a model to. */
final class Startup {

    private static final int TRIALS = 10;

    /** Fewer tell nothing of where to look. */
    private static final int FEWEST = 4;

    private Startup() {}

    /** Whether a sampler should still spread trials evenly; parallel workers need not wait for all that run. */
    static boolean goesOn(History history) {
        return history.finished().size() < FEWEST
                || history.finished().size() + history.pending().size() < TRIALS;
    }

    /**
     * Whether a Gaussian process should still spread trials evenly. One of fewer trials sends parallel workers to the wrong place, all of
     * them, so those which run do not count; but each point that was given, because it is good elsewhere, saves another.
     */
    static boolean goesOnOfProcess(Problem problem, History history) {
        return history.finished().size() < Math.max(FEWEST, TRIALS - problem.given());
    }
}

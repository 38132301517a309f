package io.trainyard.tuning.sampler;

import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;

/** When there is enough to fit a model to. */
final class Startup {

    /** Trials that must have ended: a model of fewer sends parallel workers to the wrong place, all of them. */
    private static final int FINISHED = 10;

    /** Fewer are enough for a Gaussian process where good points were given, each of which saves another. */
    private static final int FEWEST = 4;

    private Startup() {}

    /** Whether a sampler should still spread trials evenly. */
    static boolean goesOn(History history) {
        return history.finished().size() < FINISHED;
    }

    /** Whether a Gaussian process should still spread trials evenly. */
    static boolean goesOn(Problem problem, History history) {
        return history.finished().size() < Math.max(FEWEST, FINISHED - problem.given());
    }
}

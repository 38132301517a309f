package io.trainyard.registry.mlflow;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Something that happened to a trial. */
public sealed interface TrialUpdate {
    /** The trial's number, from 0. */
    int trial();

    /** When. */
    Instant at();

    /**
     * The trial began.
     *
     * @param params the parameters that it tries
     */
    record Started(int trial, Instant at, Map<String, String> params) implements TrialUpdate {
        /** Copies what it is given. */
        public Started {
            params = Collections.unmodifiableMap(new TreeMap<>(params));
        }
    }

    /**
     * A metric was measured.
     *
     * @param value any double: NaN too
     * @param step such as a number of rounds
     */
    record Measured(int trial, Instant at, String metric, double value, long step) implements TrialUpdate {}

    /**
     * The trial is over.
     *
     * @param outcome the search's own word for it, such as {@code pruned}
     */
    record Ended(int trial, Instant at, RunStatus status, String outcome) implements TrialUpdate {}
}

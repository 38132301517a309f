package io.trainyard.tuning.placement;

import java.io.Serializable;

/** What a worker brings back, or what became of it. */
sealed interface WorkerAnswer extends Serializable {
    int worker();

    record Result(int worker, Serializable value) implements WorkerAnswer {}

    /** XGBoost's complaint about the configuration. */
    record Refused(int worker, String complaint) implements WorkerAnswer {}

    /** The work was lost before, in this stage. */
    record Lost(int worker, int stage) implements WorkerAnswer {}

    /** Another worker left this one. */
    record Left(int worker, String complaint) implements WorkerAnswer {}
}

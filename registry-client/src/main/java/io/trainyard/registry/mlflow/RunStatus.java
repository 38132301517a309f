package io.trainyard.registry.mlflow;

/** What became of a run. */
public enum RunStatus {
    RUNNING,
    SCHEDULED,
    FINISHED,
    FAILED,
    KILLED
}

package io.trainyard.registry.mlflow;

import java.util.Map;

/**
 * A model version as MLflow has it.
 *
 * @param source the URI of its files
 * @param runId the run that made it, or empty
 * @param status {@code READY}, or what it is before or instead
 */
public record MlflowVersion(
        String model, int number, String source, String runId, String status, Map<String, String> tags) {
    /** The status of a version that can be used. */
    static final String READY = "READY";

    /** Copies what it is given. */
    public MlflowVersion {
        tags = Map.copyOf(tags);
    }

    /** Whether it can be used. */
    public boolean isReady() {
        return status.equals(READY);
    }

    /** Whether it never will be. */
    boolean isFailed() {
        return status.startsWith("FAILED");
    }
}

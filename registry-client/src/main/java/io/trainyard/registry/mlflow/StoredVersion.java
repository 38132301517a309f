package io.trainyard.registry.mlflow;

import io.trainyard.registry.ModelVersion;

/**
 * A version that was registered here.
 *
 * @param actor who registered it
 * @param runId the run that holds its artifacts
 */
record StoredVersion(ModelVersion version, String actor, String runId) {
    int number() {
        return version.number();
    }
}

package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.time.Duration;

/** Versions that a server has taken in and is not done with. */
record PendingVersions(MlflowClient client) {
    static final Duration POLL = Duration.ofSeconds(1);
    private static final int POLLS = 120;

    /** MLflow's own server has versions ready at once; Databricks copies their files first. */
    void awaitReady(MlflowVersion created) {
        MlflowVersion version = created;
        for (int poll = 0; poll < POLLS && !version.isReady() && !version.isFailed(); poll++) {
            client.pause(POLL);
            version = client.versions().find(created.model(), created.number()).orElse(version);
        }
        if (!version.isReady()) {
            throw new RegistryException(
                    "Cannot use version %d of model '%s': it is %s at MLflow; register again, and delete it there if that does not help"
                            .formatted(version.number(), version.model(), version.status()));
        }
    }
}

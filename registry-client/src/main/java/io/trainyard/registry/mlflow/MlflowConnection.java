package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.time.Duration;
import java.util.Map;

/**
 * Where MLflow is and how to talk to it.
 *
 * @param tracking has experiments, runs and artifacts
 * @param registry has models, versions and aliases; mostly the same server
 * @param kind of the registry
 * @param timeout how long an answer may take as a whole; the transfer of a large file gets as much again for every 8 MiB
 * @param experiment holds the runs of registrations and studies
 */
public record MlflowConnection(
        Endpoint tracking,
        Endpoint registry,
        RegistryKind kind,
        Trust trust,
        Retries retries,
        Duration timeout,
        String experiment) {
    /** Where runs go unless something else is said. */
    public static final String DEFAULT_EXPERIMENT = "trainyard";

    /** MLflow's default. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

    /** Refuses a timeout of nothing and an experiment without a name. */
    public MlflowConnection {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new RegistryException("Cannot wait %s for MLflow: give more than 0 seconds".formatted(timeout));
        }
        if (experiment.isBlank()) {
            throw new RegistryException(
                    "Cannot use '%s' as the name of an experiment: it is blank".formatted(experiment));
        }
    }

    /** One server for everything, with the defaults. */
    public static MlflowConnection of(Endpoint server) {
        return new MlflowConnection(
                server,
                server,
                RegistryKind.SERVER,
                new Trust.Platform(),
                Retries.DEFAULT,
                DEFAULT_TIMEOUT,
                DEFAULT_EXPERIMENT);
    }

    /**
     * What the variables of {@code environment} say, which mean what they mean to Python's MLflow: {@code
     * MLFLOW_TRACKING_URI} (an address or {@code databricks}), {@code MLFLOW_REGISTRY_URI} (the same, or {@code
     * databricks-uc} for Unity Catalog), {@code MLFLOW_TRACKING_USERNAME}, {@code _PASSWORD}, {@code _TOKEN}, {@code
     * _INSECURE_TLS} and {@code _SERVER_CERT_PATH}, {@code MLFLOW_HTTP_REQUEST_MAX_RETRIES}, {@code _BACKOFF_FACTOR} and
     * {@code _TIMEOUT}, {@code MLFLOW_EXPERIMENT_NAME}, {@code DATABRICKS_HOST} and {@code DATABRICKS_TOKEN}. Databricks'
     * token goes to Databricks only, and the others never go there.
     *
     * <p>Without {@code MLFLOW_REGISTRY_URI} models are where the runs are: at Databricks in the workspace's registry, where
     * Python's MLflow 3 takes Unity Catalog.
     *
     * @throws RegistryException naming the variable that is missing or wrong, never showing a secret
     */
    public static MlflowConnection from(Map<String, String> environment) {
        return new MlflowEnvironment(environment).connection();
    }

    /** The same with other retries. */
    public MlflowConnection with(Retries changed) {
        return new MlflowConnection(tracking, registry, kind, trust, changed, timeout, experiment);
    }

    /** The same with another timeout. */
    public MlflowConnection with(Duration changed) {
        return new MlflowConnection(tracking, registry, kind, trust, retries, changed, experiment);
    }
}

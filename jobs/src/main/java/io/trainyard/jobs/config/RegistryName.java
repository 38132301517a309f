package io.trainyard.jobs.config;

import java.util.Locale;

/** Where versions of models are kept, by the names that a pipeline file uses. */
public enum RegistryName {
    /** In the warehouse. */
    PATH,
    /** At the MLflow server that the environment names. */
    MLFLOW;

    /** The name in the file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

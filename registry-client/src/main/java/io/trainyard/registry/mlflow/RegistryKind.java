package io.trainyard.registry.mlflow;

/** Who keeps the registered models. Runs are always with MLflow's tracking. */
public enum RegistryKind {
    /** MLflow's own registry: at MLflow's server, or of a Databricks workspace. */
    SERVER("/mlflow/"),

    /** Unity Catalog at Databricks, whose models have names of three levels. */
    UNITY_CATALOG("/mlflow/unity-catalog/");

    private final String path;

    RegistryKind(String path) {
        this.path = path;
    }

    /** Below {@code /api/2.0}, before {@code registered-models/} and {@code model-versions/}. */
    String path() {
        return path;
    }
}

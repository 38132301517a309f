package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** The variables that Python's MLflow reads, as a connection. */
record MlflowEnvironment(Map<String, String> variables) {
    private static final String DATABRICKS = "databricks";
    private static final String CATALOG = "databricks-uc";
    private static final String OPEN_CATALOG = "uc:";
    private static final String TRACKING = "MLFLOW_TRACKING_URI";
    private static final String REGISTRY = "MLFLOW_REGISTRY_URI";
    private static final String INSECURE = "MLFLOW_TRACKING_INSECURE_TLS";
    private static final String CERTIFICATES = "MLFLOW_TRACKING_SERVER_CERT_PATH";

    /** MLflow takes fractions of a second; nanoseconds are Java's. */
    private static final BigDecimal NANOSECONDS = BigDecimal.valueOf(1_000_000_000);

    MlflowConnection connection() {
        String tracking = required(TRACKING, "the server's address, such as https://mlflow.example.com");
        String registry = isSet(REGISTRY) ? value(REGISTRY) : tracking;
        boolean isCatalog = registry.equals(CATALOG);
        return new MlflowConnection(
                endpoint(TRACKING, tracking),
                isCatalog ? databricks() : endpoint(REGISTRY, registry),
                isCatalog ? RegistryKind.UNITY_CATALOG : RegistryKind.SERVER,
                trust(),
                new Retries(
                        number("MLFLOW_HTTP_REQUEST_MAX_RETRIES", Retries.DEFAULT.most(), Integer::valueOf),
                        seconds("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", Retries.DEFAULT.backoff())),
                seconds("MLFLOW_HTTP_REQUEST_TIMEOUT", MlflowConnection.DEFAULT_TIMEOUT),
                isSet("MLFLOW_EXPERIMENT_NAME") ? value("MLFLOW_EXPERIMENT_NAME") : experiment(tracking));
    }

    private Endpoint endpoint(String variable, String address) {
        if (address.equals(DATABRICKS)) {
            return databricks();
        }
        if (address.equals(CATALOG)) {
            throw new RegistryException(
                    "Cannot use %s='%s': Unity Catalog has models and no runs; set %s to '%s' or to an address, and %s to '%s'"
                            .formatted(variable, address, TRACKING, DATABRICKS, REGISTRY, CATALOG));
        }
        if (address.startsWith(DATABRICKS)) {
            throw new RegistryException(
                    ("Cannot use %s='%s': profiles are not supported; use '%s', or for models in Unity Catalog %s='%s',"
                                    + " with DATABRICKS_HOST and DATABRICKS_TOKEN")
                            .formatted(variable, address, DATABRICKS, REGISTRY, CATALOG));
        }
        if (address.startsWith(OPEN_CATALOG)) {
            throw new RegistryException(
                    "Cannot use %s='%s': Unity Catalog's open-source server has no aliases; use that of Databricks ('%s'), or MLflow's own registry"
                            .formatted(variable, address, CATALOG));
        }
        return Endpoint.of(address, credentials());
    }

    private Endpoint databricks() {
        String host =
                required("DATABRICKS_HOST", "the workspace's address, such as https://adb-1.2.azuredatabricks.net");
        String token = required("DATABRICKS_TOKEN", "a token of the workspace");
        return Endpoint.of(host.contains("://") ? host : "https://" + host, new Credentials.Bearer(token));
    }

    /** A user and password come before a token, as in Python's MLflow. */
    private Credentials credentials() {
        boolean hasUser = isSet("MLFLOW_TRACKING_USERNAME");
        if (hasUser != isSet("MLFLOW_TRACKING_PASSWORD")) {
            throw new RegistryException("Cannot connect to MLflow: of MLFLOW_TRACKING_USERNAME and"
                    + " MLFLOW_TRACKING_PASSWORD only one is set; set both or neither");
        }
        if (hasUser) {
            return new Credentials.Basic(value("MLFLOW_TRACKING_USERNAME"), value("MLFLOW_TRACKING_PASSWORD"));
        }
        return isSet("MLFLOW_TRACKING_TOKEN")
                ? new Credentials.Bearer(value("MLFLOW_TRACKING_TOKEN"))
                : new Credentials.Anonymous();
    }

    private Trust trust() {
        boolean isInsecure =
                value(INSECURE).equalsIgnoreCase("true") || value(INSECURE).equals("1");
        if (isInsecure && isSet(CERTIFICATES)) {
            throw new RegistryException("Cannot connect to MLflow: %s and %s are both set; unset the first"
                    .formatted(INSECURE, CERTIFICATES));
        }
        if (isInsecure) {
            return new Trust.Anyone();
        }
        return isSet(CERTIFICATES) ? new Trust.Certificates(Path.of(value(CERTIFICATES))) : new Trust.Platform();
    }

    /** On Databricks, an experiment's name is a path in the workspace. */
    private static String experiment(String tracking) {
        String name = MlflowConnection.DEFAULT_EXPERIMENT;
        return tracking.equals(DATABRICKS) ? "/Shared/" + name : name;
    }

    private Duration seconds(String name, Duration otherwise) {
        return number(
                name,
                otherwise,
                text -> Duration.ofNanos(
                        new BigDecimal(text).multiply(NANOSECONDS).longValueExact()));
    }

    private <T> T number(String name, T otherwise, Function<String, T> parse) {
        try {
            return isSet(name) ? parse.apply(value(name)) : otherwise;
        } catch (NumberFormatException | ArithmeticException e) {
            throw new RegistryException("Cannot use %s='%s': it is not such a number".formatted(name, value(name)), e);
        }
    }

    private String required(String name, String what) {
        if (!isSet(name)) {
            throw new RegistryException("Cannot connect to MLflow: %s is not set; set it to %s".formatted(name, what));
        }
        return value(name);
    }

    private boolean isSet(String name) {
        return !value(name).isEmpty();
    }

    private String value(String name) {
        return variables.getOrDefault(name, "").strip();
    }

    @Override
    public String toString() {
        return "MlflowEnvironment";
    }
}

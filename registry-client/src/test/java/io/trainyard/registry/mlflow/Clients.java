package io.trainyard.registry.mlflow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A server and its clients, for whom time passes at once and is noted. */
final class Clients implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    final MlflowServer server = MlflowServer.start();
    final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

    MlflowConnection connection(Credentials credentials) {
        return MlflowConnection.of(Endpoint.of(server.address(), credentials));
    }

    MlflowClient client() {
        return client(connection(new Credentials.Anonymous()));
    }

    MlflowClient client(MlflowConnection connection) {
        return new MlflowClient(connection, pauses::add, CLOCK);
    }

    MlflowRegistry registry(String actor) {
        return new MlflowRegistry(client(), "cards", CLOCK, actor);
    }

    /** Of a workspace whose models are in Unity Catalog. */
    MlflowConnection workspace() {
        return MlflowConnection.from(Map.of(
                "MLFLOW_TRACKING_URI", "databricks",
                "MLFLOW_REGISTRY_URI", "databricks-uc",
                "MLFLOW_EXPERIMENT_NAME", "cards",
                "DATABRICKS_HOST", server.address(),
                "DATABRICKS_TOKEN", "dapi-secret"));
    }

    MlflowRegistry catalog(String actor) {
        return new MlflowRegistry(client(workspace()), "cards", CLOCK, actor);
    }

    @Override
    public void close() {
        server.close();
    }
}

package io.trainyard.registry.mlflow;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;

/**
 * MLflow's REST protocol, as a server of 3.11 speaks it. 2.8 is the first whose parameters are as long as is needed here.
 * Databricks' workspaces have the same paths, and Unity Catalog has others for models and versions; nothing here was tried there.
 *
 * <p>What the server refuses is an {@link MlflowException}; what it answers and cannot be used is a {@link
 * io.trainyard.registry.RegistryException}; a server that does not answer, after all repetitions, is an {@link
 * java.io.UncheckedIOException}. A call that makes something is never repeated blindly: when it is not known whether it
 * had its effect, the thing is looked for first. Threads may share a client.
 */
public final class MlflowClient {
    private final Experiments experiments;
    private final Runs runs;
    private final Artifacts artifacts;
    private final RegisteredModels models;
    private final ModelVersions versions;
    private final CatalogFiles catalogFiles;
    private final RegistryKind kind;
    private final MlflowHttp registry;

    /**
     * Connects to nothing yet.
     *
     * @param pause lets time pass between tries
     * @param clock tells how long a date in {@code Retry-After} is away
     */
    public MlflowClient(MlflowConnection connection, Pause pause, Clock clock) {
        HttpClient client = MlflowHttp.client(connection);
        MlflowHttp tracking = new MlflowHttp(connection.tracking(), connection, client, pause, clock);
        registry = new MlflowHttp(connection.registry(), connection, client, pause, clock);
        experiments = new Experiments(tracking);
        runs = new Runs(tracking);
        artifacts = new Artifacts(tracking);
        kind = connection.kind();
        models = new RegisteredModels(registry, kind);
        versions = new ModelVersions(registry, kind);
        catalogFiles = new CatalogFiles(registry);
    }

    /** Groups of runs. */
    public Experiments experiments() {
        return experiments;
    }

    /** Runs. */
    public Runs runs() {
        return runs;
    }

    /** Files by way of the server. */
    public Artifacts artifacts() {
        return artifacts;
    }

    /** Registered models, their tags and aliases. */
    public RegisteredModels models() {
        return models;
    }

    /** Versions of registered models. */
    public ModelVersions versions() {
        return versions;
    }

    /** Files of versions in Unity Catalog. */
    CatalogFiles catalogFiles() {
        return catalogFiles;
    }

    RegistryKind kind() {
        return kind;
    }

    /** Lets time pass, as between tries. */
    void pause(Duration duration) {
        registry.pause(duration);
    }
}

package io.trainyard.registry.mlflow;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a version in MLflow's own registry: a run with its parameters, metrics and inputs, its files as artifacts, and the version last.
 * Whoever dies on the way has registered nothing, and goes on with the same run when he comes back.
 */
final class Registration {
    /** The folder of a run's artifacts in which MLflow's own clients log a model too. */
    private static final String FOLDER = "model";

    /** A tag of every model that has versions of ours. */
    static final String MARKER = "trainyard.format";

    static final Map<String, String> MARKED = Map.of(MARKER, "1");

    private final MlflowClient client;
    private final BundleFolders folders;
    private final RegistrationRuns runs;
    private final Clock clock;
    private final String actor;

    Registration(MlflowClient client, BundleFolders folders, RegistrationRuns runs, Clock clock, String actor) {
        this.client = client;
        this.folders = folders;
        this.runs = runs;
        this.clock = clock;
        this.actor = actor;
    }

    void register(NewVersion wanted) throws IOException {
        String model = wanted.model();
        Run run = runs.ensure(wanted, wanted.identity());
        String source = run.artifacts() + "/" + FOLDER;
        new BundleUpload(wanted.bundle(), folders.open(source)).run();
        runs.record(run.id(), wanted.bundle());
        if (!client.models().ensure(model, MARKED).tags().containsKey(MARKER)) {
            MARKED.forEach((key, value) -> client.models().tag(model, key, value));
        }
        Map<String, String> tags =
                VersionTags.write(wanted.bundle(), clock.instant(), actor, wanted.fingerprint(), wanted.tags());
        MlflowVersion version = client.versions()
                .create(model, source, run.id(), tags, () -> byFingerprint(model, wanted.fingerprint()));
        new PendingVersions(client).awaitReady(version);
        runs.end(run.id());
    }

    private Optional<MlflowVersion> byFingerprint(String model, String fingerprint) {
        return client.versions().of(model).stream()
                .filter(version -> VersionTags.read(version)
                        .filter(stored -> !stored.isDiscarded())
                        .map(stored -> stored.version().fingerprint().equals(fingerprint))
                        .orElse(false))
                .findFirst();
    }
}

package io.trainyard.registry.mlflow;

import io.trainyard.registry.Lineage;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Score;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.Manifest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a version of a bundle: a run with its parameters, metrics and inputs, its files as artifacts, and the version last.
 * Whoever dies on the way has registered nothing, and goes on with the same run when he comes back.
 */
final class Registration {
    /** The folder of a run's artifacts in which MLflow's own clients log a model too. */
    private static final String FOLDER = "model";

    /** A tag of every model that has versions of ours. */
    static final String MARKER = "trainyard.format";

    static final Map<String, String> MARKED = Map.of(MARKER, "1");

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int POLLS = 120;

    private final MlflowClient client;
    private final BundleFolders folders;
    private final String experiment;
    private final Clock clock;
    private final String actor;

    Registration(MlflowClient client, BundleFolders folders, String experiment, Clock clock, String actor) {
        this.client = client;
        this.folders = folders;
        this.experiment = experiment;
        this.clock = clock;
        this.actor = actor;
    }

    /** @param round how many versions of this bundle and fingerprint had been discarded before: each has a run and files of its own */
    void register(String model, Bundle bundle, String fingerprint, Map<String, String> tags, long round)
            throws IOException {
        Run run = run(model, bundle, fingerprint, round);
        String source = run.artifacts() + "/" + FOLDER;
        upload(bundle, folders.open(source));
        record(run, bundle);
        if (!client.models().ensure(model, MARKED).tags().containsKey(MARKER)) {
            MARKED.forEach((key, value) -> client.models().tag(model, key, value));
        }
        Map<String, String> all = VersionTags.write(bundle, clock.instant(), actor, fingerprint, tags);
        MlflowVersion version =
                client.versions().create(model, source, run.id(), all, () -> byFingerprint(model, fingerprint));
        awaitReady(version);
        client.runs().end(run.id(), RunStatus.FINISHED, clock.instant());
    }

    /** The digest is part of the identity: a run whose files are of another bundle is not gone on with. */
    private Run run(String model, Bundle bundle, String fingerprint, long round) {
        Lineage lineage = bundle.metadata().lineage();
        Map<String, String> tags = new TreeMap<>();
        tags.put("trainyard.model", model);
        tags.put(VersionTags.FINGERPRINT, fingerprint);
        tags.put(VersionTags.DIGEST, bundle.digest());
        tags.put("trainyard.study", lineage.study());
        tags.put("trainyard.trial", String.valueOf(lineage.trial()));
        tags.put("trainyard.seed", String.valueOf(lineage.seed()));
        tags.put("trainyard.learner", lineage.learner());
        tags.put("trainyard.as_of", lineage.asOf().toString());
        tags.put("mlflow.source.git.commit", lineage.commit());
        tags.put("mlflow.user", actor);
        tags.values().removeIf(String::isEmpty);
        String identity =
                "version\n%s\n%s\n%s%s".formatted(model, fingerprint, bundle.digest(), round == 0 ? "" : "\n" + round);
        return client.runs().ensure(client.experiments().named(experiment), identity, model, clock.instant(), tags);
    }

    /** The manifest comes last, like the name of a file that was written under another one. */
    private static void upload(Bundle bundle, BundleFolder folder) throws IOException {
        for (Manifest.Entry file : bundle.manifest().files()) {
            folder.put(file.path(), bundle.directory().resolve(file.path()));
        }
        if (bundle.signature().isPresent()) {
            folder.put(Bundle.signatureFile(), bundle.directory().resolve(Bundle.signatureFile()));
        }
        folder.put(Manifest.FILE, bundle.directory().resolve(Manifest.FILE));
        folder.confirm(bundle.manifest());
    }

    private void record(Run run, Bundle bundle) {
        Lineage lineage = bundle.metadata().lineage();
        client.runs().log(run.id(), metrics(bundle.metadata().scores()), lineage.params(), Map.of());
        client.runs()
                .inputs(
                        run.id(),
                        lineage.inputs().stream().map(Registration::input).toList());
    }

    private List<Metric> metrics(List<Score> scores) {
        Instant now = clock.instant();
        List<Metric> metrics = new ArrayList<>();
        for (Score score : scores) {
            metrics.add(new Metric(score.metric(), score.value(), now, 0));
            if (score.hasInterval()) {
                metrics.add(new Metric(score.metric() + ".low", score.low(), now, 0));
                metrics.add(new Metric(score.metric() + ".high", score.high(), now, 0));
            }
        }
        return metrics;
    }

    private static DatasetInput input(Lineage.Input input) {
        String source = AnswerJson.text(AnswerJson.object()
                .put("uri", input.uri())
                .put("version", input.version())
                .put("fingerprint", input.fingerprint()));
        return new DatasetInput(input.uri(), input.fingerprint(), "trainyard", source, "training");
    }

    private Optional<MlflowVersion> byFingerprint(String model, String fingerprint) {
        return client.versions().of(model).stream()
                .filter(version -> VersionTags.read(version)
                        .filter(stored -> !stored.isDiscarded())
                        .map(stored -> stored.version().fingerprint().equals(fingerprint))
                        .orElse(false))
                .findFirst();
    }

    /** MLflow's own server has versions ready at once; Databricks copies their files first. */
    private void awaitReady(MlflowVersion created) {
        MlflowVersion version = created;
        for (int poll = 0;
                poll < POLLS && !version.isReady() && !version.status().startsWith("FAILED");
                poll++) {
            client.pause(POLL);
            version = client.versions().find(created.model(), created.number()).orElse(version);
        }
        if (!version.isReady()) {
            throw new RegistryException(
                    "Cannot use version %d of model '%s': it is %s at MLflow; delete it there and register again"
                            .formatted(version.number(), version.model(), version.status()));
        }
    }
}

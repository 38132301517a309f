package io.trainyard.registry.mlflow;

import io.trainyard.registry.Lineage;
import io.trainyard.registry.Score;
import io.trainyard.registry.bundle.Bundle;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The runs that stand for registrations, in one experiment. */
final class RegistrationRuns {
    /** The tag of every such run that has the model's name. */
    private static final String MODEL = "trainyard.model";

    private final MlflowClient client;
    private final String experiment;
    private final Clock clock;
    private final String actor;

    /** @param experiment is made if need be, but not by looking */
    RegistrationRuns(MlflowClient client, String experiment, Clock clock, String actor) {
        this.client = client;
        this.experiment = experiment;
        this.clock = clock;
        this.actor = actor;
    }

    /** The run of {@code identity}, which is made if there is none. */
    Run ensure(NewVersion version, String identity) {
        Lineage lineage = version.bundle().metadata().lineage();
        Map<String, String> tags = new TreeMap<>();
        tags.put(MODEL, version.model());
        tags.put(VersionTags.FINGERPRINT, version.fingerprint());
        tags.put(VersionTags.DIGEST, version.bundle().digest());
        tags.put("trainyard.study", lineage.study());
        tags.put("trainyard.trial", String.valueOf(lineage.trial()));
        tags.put("trainyard.seed", String.valueOf(lineage.seed()));
        tags.put("trainyard.learner", lineage.learner());
        tags.put("trainyard.as_of", lineage.asOf().toString());
        tags.put("mlflow.source.git.commit", lineage.commit());
        tags.put("mlflow.user", actor);
        tags.values().removeIf(String::isEmpty);
        return client.runs()
                .ensure(client.experiments().named(experiment), identity, version.model(), clock.instant(), tags);
    }

    /** All runs of {@code identity}: more than one where several processes began at the same moment. */
    List<Run> all(String identity) {
        return existing()
                .map(found -> client.runs().allByIdentity(found, identity))
                .orElse(List.of());
    }

    /** The runs of all versions of the model, and of registrations that were not finished. */
    List<Run> of(String model) {
        return search("tags.`%s` = '%s'".formatted(MODEL, model));
    }

    /** Names of models for which there was a registration. */
    List<String> models() {
        return search("tags.`%s` LIKE '%%'".formatted(MODEL)).stream()
                .map(run -> run.tags().get(MODEL))
                .distinct()
                .toList();
    }

    /** Says what the bundle was made from and how good it is. */
    void record(String run, Bundle bundle) {
        Lineage lineage = bundle.metadata().lineage();
        client.runs().log(run, metrics(bundle.metadata().scores()), lineage.params(), Map.of());
        client.runs()
                .inputs(
                        run,
                        lineage.inputs().stream().map(RegistrationRuns::input).toList());
    }

    /** The registration is done. */
    void end(String run) {
        client.runs().end(run, RunStatus.FINISHED, clock.instant());
    }

    private List<Run> search(String filter) {
        return existing().map(found -> client.runs().search(found, filter)).orElse(List.of());
    }

    private Optional<Experiment> existing() {
        return client.experiments().byName(experiment).filter(found -> !found.isDeleted());
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
}

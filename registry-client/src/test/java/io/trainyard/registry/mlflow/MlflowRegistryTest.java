package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.registry.ConflictException;
import io.trainyard.registry.DiscardingRegistryContract;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleMetadata;
import io.trainyard.registry.bundle.BundleWriter;
import io.trainyard.registry.bundle.SampleBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowRegistryTest extends DiscardingRegistryContract {
    private static final String MANIFEST = "manifest.json";

    private final Clients clients = new Clients();
    private final MlflowServer server = clients.server;

    @AfterEach
    void stop() {
        clients.close();
    }

    @Override
    protected ModelRegistry registry(String actor) {
        return clients.registry(actor);
    }

    @Test
    void theFilesOfADiscardedVersionAreGone() {
        ModelVersion first = register("fraud", "f1");
        ModelVersion second = register("fraud", "f2");

        registry("alice").discard("fraud", 1, "old");

        assertThat(server.artifacts.files.keySet())
                .noneMatch(path -> path.startsWith(path(first)))
                .anyMatch(path -> path.startsWith(path(second)));
    }

    private static String path(ModelVersion version) {
        return version.location().replace("mlflow-artifacts:/", "") + "/";
    }

    @Test
    void aVersionThatIsPromotedMeanwhileIsNotDiscarded() {
        ModelVersion version = register("fraud", "f1");
        ModelRegistry bob = registry("bob");
        server.fail(
                "model-versions/set-tag",
                new Fault.Meanwhile(() -> bob.promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "first")));

        assertThatThrownBy(() -> registry("alice").discard("fraud", 1, "old"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("alias 'champion' points to it");
        assertThat(registry("alice").model("fraud").orElseThrow().kept()).containsExactly(version);
        bob.fetch(version, folder.resolve("cache"));
    }

    @Test
    void aVersionIsWhatPythonExpects() {
        ModelVersion version = register("fraud", "f1");
        registry("alice").promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "first");

        TrackingState.ServedRun run = onlyRun();
        String root = "1/" + run.info.get("run_id").asText() + "/artifacts/model";
        assertThat(version.location()).isEqualTo("mlflow-artifacts:/" + root);
        assertThat(server.artifacts.files)
                .containsKeys(
                        root + "/MLmodel", root + "/model.ubj", root + "/" + MANIFEST, root + "/requirements.txt");
        assertThat(server.registry.models.get("fraud").aliases).isEqualTo(Map.of("champion", 1));
        assertThat(run.status()).isEqualTo("FINISHED");
        assertThat(run.params).contains(Map.entry("eta", "0.1"), Map.entry("max_depth", "6"));
        assertThat(run.metrics)
                .extracting(metric ->
                        metric.get("key").asText() + " " + metric.get("value").asText())
                .containsExactly(
                        "average_precision 0.5",
                        "average_precision.low 0.375",
                        "average_precision.high 0.625",
                        "log_loss NaN");
        assertThat(run.tags)
                .containsEntry("mlflow.source.git.commit", "0123abc")
                .containsEntry("trainyard.study", "card-fraud")
                .containsEntry("trainyard.digest", version.digest());
        JsonNode dataset = run.inputs.get(0).get("dataset");
        assertThat(dataset.get("name").asText()).isEqualTo("file:/warehouse/transactions");
        assertThat(dataset.get("digest").asText()).isEqualTo("5f2c");
        assertThat(dataset.get("source").asText()).contains("\"version\":\"12\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVersionIsThereOnceWhenTheConnectionBreaks(boolean isWorkDone) {
        for (String call : List.of(
                "experiments/create",
                "runs/create",
                "model.ubj",
                "runs/log-batch",
                "runs/log-inputs",
                "registered-models/create",
                "model-versions/create",
                "runs/update")) {
            server.fail(call, new Fault.Cut(isWorkDone));
        }

        assertThat(register("fraud", "f1").number()).isEqualTo(1);
        assertThat(server.registry.models.get("fraud").versions).hasSize(1);
        assertThat(server.tracking.runs()).hasSize(1);
        assertThat(onlyRun().metrics).isNotEmpty();
    }

    @Test
    void aRegistrationThatDiesBeforeItsLastFileHasRegisteredNothing() {
        server.fail(MANIFEST, new Fault.Answer(400, Map.of(), "disk full"));
        assertThatThrownBy(() -> register("fraud", "f1")).hasMessageContaining("400 disk full");
        assertThat(registry("alice").models()).isEmpty();

        assertThat(register("fraud", "f1").number()).isEqualTo(1);
        assertThat(server.tracking.runs()).hasSize(1);
    }

    @Test
    void aFileThatTheServerLostIsNotPassedOver() {
        server.fail("model.ubj", new Fault.Answer(200, Map.of(), "{}"));

        assertThatThrownBy(() -> register("fraud", "f1"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("MLflow has nothing of 'model.ubj' in 1/");
        assertThat(registry("alice").models()).isEmpty();
    }

    @Test
    void aVersionThatIsNotReadyYetIsWaitedFor() {
        server.registry.pending = 3;

        assertThat(register("fraud", "f1").number()).isEqualTo(1);
        assertThat(clients.pauses).hasSize(3);
    }

    @Test
    void twoWhoRegisterOneFingerprintAtOnceGetOneVersion() {
        Bundle bundle = SampleBundle.write(folder.resolve("b"), "booster");
        server.fail(
                "model-versions/create",
                new Fault.Meanwhile(() -> registry("bob").register("fraud", bundle.directory(), "f1", Map.of())));

        ModelVersion version = registry("alice").register("fraud", bundle.directory(), "f1", Map.of());

        assertThat(server.registry.models.get("fraud").versions).hasSize(2);
        assertThat(version.number()).isEqualTo(1);
        assertThat(registry("alice").model("fraud").orElseThrow().versions()).containsExactly(version);
        assertThat(register("fraud", "f2").number()).isEqualTo(3);
        assertThat(registry("alice").history("fraud")).hasSize(2);
    }

    @Test
    void versionsOfOthersAreNotOurs() {
        MlflowClient client = clients.client();
        register("fraud", "f1");
        Run run = client.runs().ensure(client.experiments().named("python"), "theirs", "theirs", Clients.NOW, Map.of());
        client.models().ensure("theirs", Map.of());
        for (String model : List.of("fraud", "theirs")) {
            client.versions().create(model, run.artifacts() + "/m", run.id(), Map.of("a", "b"), Optional::empty);
        }
        ModelVersion ours = register("fraud", "f2");

        assertThat(ours.number()).isEqualTo(3);
        assertThat(registry("alice").models()).extracting(RegisteredModel::name).containsExactly("fraud");
        assertThat(registry("alice").version("fraud", 2)).isEmpty();
        registry("alice").promote("fraud", "champion", 3, ModelRegistry.NO_VERSION, "ours");
        assertThat(registry("alice").byAlias("fraud", "champion")).contains(ours);
        client.models().setAlias("fraud", "champion", 2);
        assertThatThrownBy(() -> registry("alice").byAlias("fraud", "champion"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("it points to version 2, which Trainyard has not registered");
        assertThat(registry("alice").model("fraud").orElseThrow().aliases()).isEmpty();
    }

    @Test
    void aModelThatOthersHaveMadeCanHaveOurVersions() {
        clients.client().models().ensure("fraud", Map.of("owner", "python"));

        register("fraud", "f1");

        assertThat(registry("alice").models()).hasSize(1);
        assertThat(server.registry.models.get("fraud").tags).containsEntry("owner", "python");
    }

    @Test
    void whatIsTooLongForOneTagIsKept() {
        Map<String, String> params = new TreeMap<>();
        for (int number = 0; number < 400; number++) {
            params.put("parameter-" + number, "Zürich 😀 \"" + number);
        }
        Lineage sample = SampleBundle.LINEAGE;
        Lineage lineage =
                new Lineage(sample.inputs(), "s", 1, 2, "xgboost", params, "c", sample.environment(), sample.asOf());
        Path directory = folder.resolve("long");
        SampleBundle.write(directory, "booster");
        BundleWriter.write(directory, SampleBundle.ENCODING, new BundleMetadata(lineage, List.of()));
        Map<String, String> tags =
                Map.of("team", "Ü".repeat(9000), "no key: ü", "kept", "", "blank", "mlflow.user", "x");

        ModelVersion version = registry("alice").register("fraud", directory, "f".repeat(6000), tags);

        assertThat(version.lineage()).isEqualTo(lineage);
        assertThat(version.tags()).isEqualTo(tags);
        assertThat(version.fingerprint()).hasSize(6000);
        assertThat(server.registry.models.get("fraud").versions.get(1).tags)
                .containsKey("team")
                .doesNotContainKey("mlflow.user");
        assertThat(onlyRun().params).hasSize(400);
    }

    @Test
    void manyWhoRegisterAtOnceLoseNothing() throws InterruptedException, ExecutionException {
        int actors = 8;
        ExecutorService threads = Executors.newFixedThreadPool(actors);
        try {
            List<Callable<Integer>> registrations = new ArrayList<>();
            for (int actor = 1; actor <= actors; actor++) {
                // Two actors for each fingerprint.
                String fingerprint = "f" + (actor + 1) / 2;
                Path directory = SampleBundle.write(folder.resolve("bundle-" + actor), fingerprint)
                        .directory();
                String name = "actor " + actor;
                registrations.add(() -> registry(name)
                        .register("fraud", directory, fingerprint, Map.of())
                        .number());
            }
            List<Integer> numbers = new ArrayList<>();
            for (Future<Integer> outcome : threads.invokeAll(registrations)) {
                numbers.add(outcome.get());
            }

            assertThat(registry("alice").model("fraud").orElseThrow().versions())
                    .hasSize(actors / 2)
                    .extracting(ModelVersion::number)
                    .isSubsetOf(numbers);
            assertThat(numbers.subList(0, 2)).containsOnly(numbers.get(0));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aBlankFingerprintIsRefusedBeforeAnythingIsDone() {
        Bundle bundle = SampleBundle.write(folder.resolve("b"), "booster");

        assertThatThrownBy(() -> registry("alice").register("fraud", bundle.directory(), " ", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a version of model 'fraud' needs a fingerprint");
        assertThat(server.requests()).isEmpty();
    }

    private TrackingState.ServedRun onlyRun() {
        List<TrackingState.ServedRun> runs = server.tracking.runs();
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }
}

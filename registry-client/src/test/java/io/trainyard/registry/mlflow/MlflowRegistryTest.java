package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.registry.ConflictException;
import io.trainyard.registry.Event;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelRegistryContract;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleMetadata;
import io.trainyard.registry.bundle.BundleWriter;
import io.trainyard.registry.bundle.SampleBundle;
import io.trainyard.registry.file.LocalStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowRegistryTest extends ModelRegistryContract {
    private static final String MANIFEST = "manifest.json";

    private final Clients clients = new Clients();
    private final MlflowServer server = clients.server;

    @AfterEach
    void stop() {
        clients.close();
    }

    @Override
    protected ModelRegistry registry(String actor) {
        return new MlflowRegistry(clients.client(), "cards", Clients.CLOCK, actor);
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
    void ofManyWhoPromoteAtOnceOneWins() throws InterruptedException, ExecutionException {
        int racers = 8;
        for (int number = 1; number <= racers; number++) {
            register("fraud", "f" + number);
        }
        ExecutorService threads = Executors.newFixedThreadPool(racers);
        try {
            List<Callable<Boolean>> promotions = new ArrayList<>();
            for (int number = 1; number <= racers; number++) {
                int mine = number;
                promotions.add(() -> promotes("racer " + mine, mine));
            }
            List<Boolean> won = new ArrayList<>();
            for (Future<Boolean> outcome : threads.invokeAll(promotions)) {
                won.add(outcome.get());
            }

            assertThat(Collections.frequency(won, true)).isEqualTo(1);
            List<Event> history = registry("alice").history("fraud");
            assertThat(history).hasSize(racers + 1);
            Event.Promoted promoted = (Event.Promoted) history.get(racers);
            assertThat(promoted.version()).isEqualTo(won.indexOf(true) + 1);
            assertThat(server.registry.models.get("fraud").aliases).isEqualTo(Map.of("champion", promoted.version()));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whoIsOvertakenBetweenLookingAndMovingIsToldSo() {
        register("fraud", "f1");
        register("fraud", "f2");
        server.fail("runs/log-batch", new Fault.Meanwhile(() -> promotes("bob", 2)));

        assertThatThrownBy(() -> registry("alice").promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "mine"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("it points to version 2, not to no version as expected (promoted by bob");
        assertThat(registry("alice").byAlias("fraud", "champion").orElseThrow().number())
                .isEqualTo(2);
    }

    @Test
    void aMoveWhoseMakerDiedIsFinishedByTheNext() {
        register("fraud", "f1");
        register("fraud", "f2");
        server.fail(
                "registered-models/alias",
                Stream.generate(() -> new Fault.Cut(false)).limit(8).toArray(Fault[]::new));
        assertThatThrownBy(() -> registry("bob").promote("fraud", "champion", 2, ModelRegistry.NO_VERSION, "good"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(registry("alice").byAlias("fraud", "champion")).isEmpty();

        assertThatThrownBy(() -> registry("alice").promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "mine"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("(promoted by bob at 2026-01-02T03:04:05Z: good)");
        assertThat(registry("alice").byAlias("fraud", "champion").orElseThrow().number())
                .isEqualTo(2);
        assertThat(registry("alice").history("fraud")).hasSize(3);
    }

    @Test
    void aMoveThatComesLateDoesNotUndoANewerOne() {
        register("fraud", "f1");
        register("fraud", "f2");
        server.fail(
                "registered-models/alias",
                new Fault.Meanwhile(() -> registry("bob").promote("fraud", "champion", 2, 1, "newer")));

        registry("alice").promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "slow");

        assertThat(registry("alice").byAlias("fraud", "champion").orElseThrow().number())
                .isEqualTo(2);
        assertThat(registry("alice").history("fraud"))
                .filteredOn(Event.Promoted.class::isInstance)
                .extracting(Event::actor)
                .containsExactly("alice", "bob");
    }

    @Test
    void aMoveThatMlflowRefusesDoesNotStandInTheWayOfTheNext() {
        register("fraud", "f1");
        register("fraud", "f2");
        server.fail("registered-models/alias", new Fault.Answer(403, Map.of(), "Permission denied"));
        assertThatThrownBy(() -> promotes("bob", 1)).hasMessageContaining("403 Permission denied");

        registry("alice").promote("fraud", "champion", 2, ModelRegistry.NO_VERSION, "good");

        assertThat(registry("alice").byAlias("fraud", "champion").orElseThrow().number())
                .isEqualTo(2);
        assertThatThrownBy(() -> registry("alice").rollback("fraud", "champion", 2, "bad"))
                .hasMessageContaining("no version held it before version 2");
    }

    @Test
    void anAliasThatOthersMovedIsWhereTheyPutIt() {
        register("fraud", "f1");
        register("fraud", "f2");
        register("fraud", "f3");
        registry("alice").promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "one");
        clients.client().models().setAlias("fraud", "champion", 3);

        assertThat(registry("alice").byAlias("fraud", "champion").orElseThrow().number())
                .isEqualTo(3);
        assertThatThrownBy(() -> registry("alice").promote("fraud", "champion", 2, 1, "two"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("it points to version 3, not to version 1 as expected (moved past Trainyard");
        registry("alice").promote("fraud", "champion", 2, 3, "two");
        assertThat(registry("alice").rollback("fraud", "champion", 2, "bad").number())
                .isEqualTo(3);
        assertThat(registry("alice").rollback("fraud", "champion", 3, "bad").number())
                .isEqualTo(1);
    }

    @Test
    void aModelThatWasDeletedAndMadeAgainBeginsAnew() {
        register("fraud", "f1");
        registry("alice").promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "one");
        clients.client().models().delete("fraud");

        assertThat(registry("alice").history("fraud")).isEmpty();
        register("fraud", "f1");
        assertThat(registry("alice").byAlias("fraud", "champion")).isEmpty();
        registry("alice").promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "one");
        assertThat(registry("alice").history("fraud")).hasSize(2);
    }

    @Test
    void aVersionThatWasDeletedLeavesAGap() {
        register("fraud", "f1");
        ModelVersion second = register("fraud", "f2");
        registry("alice").promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "one");
        registry("alice").promote("fraud", "champion", 2, 1, "two");
        server.registry.models.get("fraud").versions.remove(1);

        assertThat(registry("alice").model("fraud").orElseThrow().versions()).containsExactly(second);
        assertThat(registry("alice").byAlias("fraud", "champion")).contains(second);
        assertThatThrownBy(() -> registry("alice").rollback("fraud", "champion", 2, "bad"))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot find version 1 of model 'fraud': it has versions 2 to 2");
        assertThat(register("fraud", "f3").number()).isEqualTo(3);
        registry("alice").promote("fraud", "champion", 3, 2, "three");
        assertThat(registry("alice").history("fraud")).hasSize(5);
    }

    @Test
    void aRunInTheBinDecidesNothing() {
        register("fraud", "f1");
        register("fraud", "f2");
        List<TrackingState.ServedRun> runs = server.tracking.runs();
        runs.get(0).info.put("lifecycle_stage", "deleted");
        registry("alice").promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "one");
        assertThat(runs.get(1).params).hasSize(3);
        runs.get(1).info.put("lifecycle_stage", "deleted");

        assertThatThrownBy(() -> registry("alice").promote("fraud", "champion", 2, 1, "two"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("the runs of all its versions are deleted");
    }

    @Test
    void aFileThatWasTamperedWithIsNotFetched() throws IOException {
        ModelVersion version = register("fraud", "f1");
        server.artifacts.files.replaceAll((path, content) ->
                path.endsWith("model.ubj") ? "Booster of fraud f1".getBytes(StandardCharsets.UTF_8) : content);

        assertThatThrownBy(() -> registry("alice").fetch(version, folder.resolve("fetched")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("file 'model.ubj' has digest");
        assertThat(folder.resolve("fetched")).doesNotExist();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void aBundleInPlaceOfAnotherIsNotFetched() {
        ModelVersion first = register("fraud", "f1");
        ModelVersion second = register("fraud", "f2");
        server.registry.models.get("fraud").versions.get(2).info.put("source", first.location());

        assertThatThrownBy(() -> registry("alice").fetch(second, folder.resolve("fetched")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(
                        "the bundle's digest is %s, expected %s".formatted(first.digest(), second.digest()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mlflow-artifacts:/1/..%2f..%2fetc",
                "mlflow-artifacts:/../etc",
                "mlflow-artifacts://other.example/1/2/artifacts/model",
                "file:///etc",
                "s3://bucket/model",
                "/etc",
                "no uri"
            })
    void aSourceThatLeadsElsewhereIsNotFollowed(String source) {
        ModelVersion version = register("fraud", "f1");
        server.registry.models.get("fraud").versions.get(1).info.put("source", source);
        int before = server.requests().size();

        assertThatThrownBy(() -> registry("alice").fetch(version, folder.resolve("fetched")))
                .isInstanceOf(RegistryException.class);
        assertThat(server.requests()).hasSize(before + 1);
    }

    @Test
    void artifactsThatTheServerDoesNotPassOnGoThroughAStorage() {
        server.tracking.artifactRoot = "s3://bucket";
        assertThatThrownBy(() -> register("fraud", "f1"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot reach the artifacts in s3://bucket/1/")
                .hasMessageContaining("there is no storage for 's3:' here");
        ModelRegistry registry = new MlflowRegistry(
                clients.client(),
                "cards",
                Clients.CLOCK,
                "alice",
                uri -> new LocalStorage(folder.resolve("bucket" + uri.getPath())));
        Bundle bundle = SampleBundle.write(folder.resolve("b"), "booster");

        ModelVersion version = registry.register("fraud", bundle.directory(), "f1", Map.of());
        registry.fetch(version, folder.resolve("fetched"));

        assertThat(Bundle.open(folder.resolve("fetched")).digest()).isEqualTo(bundle.digest());
        assertThat(server.artifacts.files).isEmpty();
    }

    @Test
    void aBlankFingerprintIsRefusedBeforeAnythingIsDone() {
        Bundle bundle = SampleBundle.write(folder.resolve("b"), "booster");

        assertThatThrownBy(() -> registry("alice").register("fraud", bundle.directory(), " ", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a version of model 'fraud' needs a fingerprint");
        assertThat(server.requests()).isEmpty();
    }

    private boolean promotes(String actor, int number) {
        try {
            registry(actor).promote("fraud", "champion", number, ModelRegistry.NO_VERSION, "race");
            return true;
        } catch (ConflictException e) {
            return false;
        }
    }

    private TrackingState.ServedRun onlyRun() {
        List<TrackingState.ServedRun> runs = server.tracking.runs();
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }
}

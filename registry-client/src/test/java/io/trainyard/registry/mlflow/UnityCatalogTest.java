package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.trainyard.registry.Event;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelRegistryContract;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.RegistrySync;
import io.trainyard.registry.Sha256;
import io.trainyard.registry.bundle.SampleBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnityCatalogTest extends ModelRegistryContract {
    private static final String ROOT = "Models/main/ml/fraud/1/";

    private final Clients clients = new Clients();
    private final MlflowServer server = clients.server;

    UnityCatalogTest() {
        super("main.ml.");
    }

    @AfterEach
    void stop() {
        clients.close();
    }

    @Override
    protected ModelRegistry registry(String actor) {
        return clients.catalog(actor);
    }

    @Test
    void aVersionIsWhatPythonExpects() {
        ModelVersion version =
                registry("alice").register(fraud, bundle("b"), "f1", Map.of("team", "risk", "no key: ü", "kept"));
        registry("alice").promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "first");

        assertThat(version.location()).isEqualTo("models:/main.ml.fraud/1");
        assertThat(version.tags()).containsEntry("no key: ü", "kept");
        assertThat(server.catalog.files.files)
                .containsKeys(ROOT + "MLmodel", ROOT + "model.ubj", ROOT + "manifest.json", ROOT + "requirements.txt");
        UnityCatalogState.CatalogModel model = server.catalog.models.get(fraud);
        assertThat(model.aliases).containsExactly(entry("champion", 1));
        assertThat(model.versions.get(1).isReady()).isTrue();
        TrackingState.ServedRun run = onlyRun();
        assertThat(model.versions.get(1).info.get("run_id")).isEqualTo(run.info.get("run_id"));
        assertThat(run.status()).isEqualTo("FINISHED");
        assertThat(run.params).containsEntry("eta", "0.1");
        assertThat(run.metrics).hasSize(4);
        assertThat(run.inputs).hasSize(1);
        assertThat(run.tags).containsEntry("team", "risk").containsEntry("trainyard.digest", version.digest());
    }

    @Test
    void whatIsSaidIsInRunsAndTheCatalogHasNoneOfOurTags() {
        register(fraud, "f1");
        registry("alice").judge(fraud, "champion", 1, decision(true, "good".repeat(3000)));
        registry("alice").promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "first");

        UnityCatalogState.CatalogModel model = server.catalog.models.get(fraud);
        assertThat(model.tags).isEmpty();
        assertThat(model.versions.get(1).tags).isEmpty();
        TrackingState.ServedRun run = onlyRun();
        String digest = run.params.get("trainyard.version");
        String document = run.tags.get("trainyard.version.%s.0".formatted(digest.substring(0, 16)));
        assertThat(Sha256.of(document)).isEqualTo(digest);
        assertThat(document).startsWith("{\"format\":1,").contains("\"fingerprint\":\"f1\"");
        String move = "trainyard.move.%s.00000001"
                .formatted(model.info.get("creation_timestamp").asText());
        assertThat(run.tags).containsEntry(move, run.params.get(move));
        assertThat(run.tags.keySet())
                .filteredOn(key -> key.startsWith("trainyard.judged."))
                .hasSizeGreaterThan(1);
        assertThat(server.artifacts.files).as("artifacts of runs").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVersionIsThereOnceWhenTheConnectionBreaks(boolean isWorkDone) {
        for (String call : List.of(
                "experiments/create",
                "runs/create",
                "registered-models/create",
                "model-versions/create",
                "MLmodel",
                "model.ubj",
                "runs/log-batch",
                "runs/log-inputs",
                "model-versions/finalize",
                "runs/update")) {
            server.fail(call, new Fault.Cut(isWorkDone));
        }

        assertThat(register(fraud, "f1").number()).isEqualTo(1);
        assertThat(server.catalog.models.get(fraud).versions).hasSize(1);
        assertThat(onlyRun().metrics).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registered-models/create",
                "runs/create",
                "model-versions/create",
                "model.ubj",
                "manifest.json",
                "runs/log-inputs",
                "model-versions/finalize"
            })
    void aRegistrationThatDiesHasRegisteredNothingAndIsGoneOnWith(String call) {
        server.fail(call, new Fault.Answer(400, Map.of(), "out of quota"));
        assertThatThrownBy(() -> register(fraud, "f1")).hasMessageContaining("400 out of quota");

        assertThat(registry("bob").models()).isEmpty();
        assertThat(registry("bob").model(fraud)).isEmpty();
        assertThat(registry("bob").history(fraud)).isEmpty();
        ModelVersion version = register(fraud, "f1");

        assertThat(version.number()).isEqualTo(1);
        assertThat(server.catalog.models.get(fraud).versions).hasSize(1);
        assertThat(server.tracking.runs()).hasSize(1);
        registry("bob").fetch(version, folder.resolve("fetched"));
    }

    /** As a process that is killed leaves them, between any two of its calls that change something. */
    @Test
    void whereverItIsKilledItIsGoneOnWith() {
        register(fraud, "f1");
        long calls = server.requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .count();
        for (int killed = 1; killed < calls; killed++) {
            String fingerprint = "killed " + killed;
            int last = server.requests().size();
            int left = killed;
            server.weather(() -> {
                long done = server.requests().stream()
                        .skip(last)
                        .filter(request -> !request.method().equals("GET"))
                        .count();
                return done > left ? Optional.of(Fault.status(403)) : Optional.empty();
            });
            try {
                register(fraud, fingerprint);
            } catch (MlflowException e) {
                assertThat(e).hasMessageContaining("403");
            }
            server.weather(Optional::empty);
            register(fraud, fingerprint);
        }

        int versions = (int) calls;
        assertThat(server.catalog.models.get(fraud).versions)
                .hasSize(versions)
                .allSatisfy((number, version) -> assertThat(version.isReady()).isTrue());
        assertThat(registry("alice").model(fraud).orElseThrow().versions()).hasSize(versions);
        assertThat(server.tracking.runs()).hasSize(versions);
    }

    @Test
    void aFileThatTheCatalogLostIsNotPassedOver() {
        server.fail("model.ubj", new Fault.Answer(204, Map.of(), ""));

        assertThatThrownBy(() -> register(fraud, "f1"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("MLflow has nothing of 'model.ubj' in Models/main/ml/fraud/1");
        assertThat(registry("alice").models()).isEmpty();
        assertThat(register(fraud, "f1").number()).isEqualTo(1);
    }

    @Test
    void aVersionThatTheCatalogIsNotDoneWithIsWaitedFor() {
        server.catalog.pending = 3;

        assertThat(register(fraud, "f1").number()).isEqualTo(1);
        assertThat(clients.pauses).hasSize(3);
    }

    @Test
    void aPendingVersionIsNotSeenByAnyone() {
        register(fraud, "f1");
        server.catalog.models.get(fraud).versions.get(1).info.put("status", "PENDING_REGISTRATION");

        assertThat(registry("alice").models()).isEmpty();
        assertThat(registry("alice").version(fraud, 1)).isEmpty();
        assertThatThrownBy(() -> registry("alice").promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "x"))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot find version 1 of model 'main.ml.fraud': it has none");
    }

    @Test
    void aVersionThatFailedIsLeftAndAnotherMade() {
        server.fail("manifest.json", new Fault.Answer(400, Map.of(), "out of quota"));
        assertThatThrownBy(() -> register(fraud, "f1")).isInstanceOf(RegistryException.class);
        server.catalog.models.get(fraud).versions.get(1).info.put("status", "FAILED_REGISTRATION");

        assertThat(register(fraud, "f1").number()).isEqualTo(2);
    }

    @Test
    void twoWhoRegisterOneFingerprintAtOnceMakeOneVersion() {
        Path bundle = bundle("b");
        server.fail(
                "runs/create",
                new Fault.Meanwhile(() -> registry("bob").register(fraud, bundle, "f1", Map.of("by", "bob"))));

        ModelVersion version = registry("alice").register(fraud, bundle, "f1", Map.of("by", "alice"));

        assertThat(server.tracking.runs()).hasSize(2);
        assertThat(server.catalog.models.get(fraud).versions).containsOnlyKeys(1);
        assertThat(version.number()).isEqualTo(1);
        assertThat(version.tags()).as("who was first").isEqualTo(Map.of("by", "bob"));
        assertThat(registry("alice").history(fraud)).hasSize(1);
    }

    @Test
    void whoMakesASecondPendingVersionFinishesTheFirst() {
        Path bundle = bundle("b");
        server.fail("model.ubj", new Fault.Meanwhile(() -> {
            Fault blind = new Fault.Answer(200, Map.of(), "{}");
            server.fail("model-versions/search", blind, blind, blind);
            registry("bob").register(fraud, bundle, "f1", Map.of());
        }));

        ModelVersion version = registry("alice").register(fraud, bundle, "f1", Map.of());

        assertThat(server.catalog.models.get(fraud).last).isEqualTo(2);
        assertThat(server.catalog.models.get(fraud).versions).containsOnlyKeys(1);
        assertThat(version.number()).isEqualTo(1);
        registry("alice").fetch(version, folder.resolve("fetched"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs/log-inputs", "model-versions/finalize"})
    void whoComesLateToAFinishedVersionTakesIt(String call) {
        Path bundle = bundle("b");
        server.fail(call, new Fault.Meanwhile(() -> registry("bob").register(fraud, bundle, "f1", Map.of())));

        assertThat(registry("alice").register(fraud, bundle, "f1", Map.of()).number())
                .isEqualTo(1);
        assertThat(server.catalog.models.get(fraud).versions).hasSize(1);
    }

    @Test
    void anotherBundleOfTheFingerprintThatIsReadyFirstIsTheVersion() {
        Path other =
                SampleBundle.write(folder.resolve("other"), "another booster").directory();
        server.fail("model.ubj", new Fault.Meanwhile(() -> registry("bob").register(fraud, other, "f1", Map.of())));

        ModelVersion version = registry("alice").register(fraud, bundle("b"), "f1", Map.of());

        assertThat(version.number()).isEqualTo(2);
        assertThat(server.catalog.models.get(fraud).versions).as("alice's").containsOnlyKeys(2);
        assertThat(registry("alice").history(fraud)).hasSize(1);
    }

    @Test
    void aVersionWhoseEndWasNotHeardOfIsWaitedFor() {
        server.catalog.pending = 3;
        server.fail("model-versions/finalize", new Fault.Cut(true));

        assertThat(register(fraud, "f1").number()).isEqualTo(1);
        assertThat(server.catalog.models.get(fraud).versions).containsOnlyKeys(1);
    }

    @Test
    void movesAreDecidedInTheFirstRunThatIsNotInTheBinWhereverItIs() {
        register(fraud, "f1");
        MlflowRegistry elsewhere =
                new MlflowRegistry(clients.client(clients.workspace()), "other", Clients.CLOCK, "carol");
        server.fail("model-versions/finalize", new Fault.Answer(400, Map.of(), "out of quota"));
        assertThatThrownBy(() -> elsewhere.register(fraud, bundle("c"), "f2", Map.of()))
                .isInstanceOf(RegistryException.class);
        register(fraud, "f3");
        server.tracking.runs().stream()
                .filter(run -> run.tags.get(VersionTags.FINGERPRINT).equals("f1"))
                .forEach(run -> run.info.put("lifecycle_stage", "deleted"));

        registry("alice").promote(fraud, "champion", 3, ModelRegistry.NO_VERSION, "first");
        registry("alice").promote(fraud, "champion", 1, 3, "second");

        assertThat(registry("alice").rollback(fraud, "champion", 1, "third").number())
                .isEqualTo(3);
        assertThat(registry("alice").history(fraud)).hasSize(5);
    }

    @Test
    void versionsOfOthersAreNotOurs() {
        MlflowClient client = clients.client(clients.workspace());
        register(fraud, "f1");
        Run run = client.runs().ensure(client.experiments().named("python"), "theirs", "theirs", Clients.NOW, Map.of());
        client.versions().create(fraud, run.artifacts() + "/model", run.id(), Map.of(), Optional::empty);
        server.catalog.models.get(fraud).versions.get(2).info.put("status", "READY");
        int before = server.count("runs/get");

        ModelVersion ours = register(fraud, "f2");

        assertThat(ours.number()).isEqualTo(3);
        assertThat(registry("alice").version(fraud, 2)).isEmpty();
        assertThat(server.requests("runs/get").stream().skip(before))
                .as("runs of others are not looked into")
                .noneMatch(request -> request.query().contains(run.id()));
        client.models().setAlias(fraud, "champion", 2);
        assertThatThrownBy(() -> registry("alice").byAlias(fraud, "champion"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("it points to version 2, which Trainyard has not registered");
    }

    @Test
    void versionsOfAnotherExperimentCountAndTheirModelsAreListedThere() {
        register(fraud, "f1");
        MlflowRegistry other = new MlflowRegistry(clients.client(clients.workspace()), "other", Clients.CLOCK, "alice");

        assertThat(other.models()).isEmpty();
        assertThat(other.model(fraud)).isEqualTo(registry("alice").model(fraud));
        other.register(fraud, bundle("b"), "f2", Map.of());
        assertThat(other.models()).extracting(RegisteredModel::name).containsExactly(fraud);
        assertThat(other.history(fraud)).hasSize(2);
    }

    @Test
    void whatIsOnManyPagesIsReadAsAWhole() {
        server.catalog.mostInPage = 1;
        server.catalog.files.mostInPage = 1;
        server.tracking.mostInPage = 1;

        register(fraud, "f1");
        ModelVersion second = register(fraud, "f2");

        assertThat(registry("alice").model(fraud).orElseThrow().versions()).hasSize(2);
        registry("alice").fetch(second, folder.resolve("fetched"));
    }

    @Test
    void movesOutliveTheVersionInWhoseRunTheyAre() {
        register(fraud, "f1");
        register(fraud, "f2");
        register(fraud, "f3");
        registry("alice").promote(fraud, "champion", 2, ModelRegistry.NO_VERSION, "two");
        registry("alice").promote(fraud, "champion", 3, 2, "three");
        clients.client(clients.workspace()).versions().delete(fraud, 1);

        assertThat(registry("alice").history(fraud)).hasSize(4);
        registry("alice").promote(fraud, "shadow", 2, ModelRegistry.NO_VERSION, "four");
        assertThat(registry("alice").rollback(fraud, "champion", 3, "bad").number())
                .isEqualTo(2);
        assertThat(registry("alice").history(fraud)).extracting(Event::number).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void aModelThatWasDeletedAndMadeAgainBeginsAnew() {
        register(fraud, "f1");
        registry("alice").judge(fraud, "champion", 1, decision(true, "good"));
        registry("alice").promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "one");
        clients.client(clients.workspace()).models().delete(fraud);
        assertThat(registry("alice").models()).isEmpty();

        register(fraud, "f1");

        assertThat(registry("alice").history(fraud)).hasSize(1);
        registry("alice").promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "one");
        assertThat(registry("alice").history(fraud)).hasSize(2);
    }

    @Test
    void aDocumentThatWasChangedIsNamed() {
        register(fraud, "f1");
        onlyRun().tags.replaceAll((key, value) -> key.startsWith("trainyard.version.") ? value + " " : value);

        assertThatThrownBy(() -> registry("alice").model(fraud))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot read the version of run "
                        + onlyRun().info.get("run_id").asText())
                .hasMessageContaining("were changed");
    }

    @Test
    void aWorkspaceThatDoesNotPassFilesOnIsRefusedBeforeAnythingIsMade() {
        server.catalog.isEnabled = false;

        assertThatThrownBy(() -> register(fraud, "f1"))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("Cannot register models in Unity Catalog: this workspace takes their files by"
                        + " temporary credentials of its cloud alone, which is not supported");
        server.fail(
                "registered-models:is-databricks-sdk-models-artifact-repository-enabled",
                new Fault.Answer(404, Map.of(), "{\"error_code\": \"ENDPOINT_NOT_FOUND\"}"));
        assertThatThrownBy(() -> registry("alice").requireRegisters(fraud)).isInstanceOf(RegistryException.class);
        requireNothingMade();
    }

    @Test
    void aBundleWithoutASignatureIsRefusedBeforeAnythingIsMade() throws IOException {
        Path bundle = bundle("b");
        String model = Files.readString(bundle.resolve("MLmodel"));
        Files.writeString(bundle.resolve("MLmodel"), model.replaceFirst("\n  outputs: .*", ""));
        SampleBundle.seal(bundle);

        assertThatThrownBy(() -> registry("alice").register(fraud, bundle, "f1", Map.of()))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "Cannot register bundle %s as model 'main.ml.fraud': its MLmodel has no signature with inputs and"
                                        .formatted(bundle)
                                + " outputs, which Unity Catalog asks for; train the model again");
        requireNothingMade();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fraud", "ml.fraud", "a.main.ml.fraud", "main..fraud", "main.ml.Fraud"})
    void aNameThatIsNoneOfTheCatalogIsRefusedBeforeAnybodyIsAsked(String name) {
        ModelRegistry registry = registry("alice");
        for (Runnable call : List.<Runnable>of(
                () -> registry.register(name, folder, "f1", Map.of()),
                () -> registry.requireRegisters(name),
                () -> registry.model(name),
                () -> registry.history(name),
                () -> registry.byAlias(name, "champion"),
                () -> registry.promote(name, "champion", 1, 0, "x"),
                () -> registry.rollback(name, "champion", 1, "x"))) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(RegistryException.class)
                    .hasMessage(("Cannot use '%s' as the name of a model in Unity Catalog: it takes catalog, schema and"
                                    + " model, in small letters; set register.model to such a name, as in main.ml.fraud")
                            .formatted(name));
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void nothingIsDiscarded() {
        ModelVersion version = register(fraud, "f1");
        ModelRegistry registry = registry("alice");
        List<Recorded> before = server.requests();

        assertThatThrownBy(() -> registry.discard(fraud, 1, "old"))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "Cannot remove files of versions in Unity Catalog: it keeps them as long as the versions; leave out"
                                + " retention.bundles, and delete there the versions that nobody needs");
        assertThatThrownBy(registry::requireDiscards).isInstanceOf(RegistryException.class);
        assertThat(server.requests()).isEqualTo(before);
        registry.fetch(version, folder.resolve("fetched"));
    }

    @Test
    void whatWasDiscardedElsewhereIsNotBrought() {
        ModelRegistry source = other();
        register(source, fraud, "f1");
        register(source, fraud, "f2");
        source.discard(fraud, 1, "old");

        RegistrySync.Report report = new RegistrySync(
                        source, registry("alice"), folder.resolve("scratch"), brought -> {}, bundle -> {})
                .of(fraud);

        assertThat(report.versions()).containsExactly(entry(2, new RegistrySync.Copy(1, true)));
    }

    @Test
    void aFileThatWasTamperedWithIsNotFetched() {
        ModelVersion version = register(fraud, "f1");
        server.catalog.files.files.replaceAll((path, content) -> path.endsWith("model.ubj")
                ? new String(content, StandardCharsets.UTF_8).replace('b', 'B').getBytes(StandardCharsets.UTF_8)
                : content);

        assertThatThrownBy(() -> registry("alice").fetch(version, folder.resolve("fetched")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("file 'model.ubj' has digest");
        assertThat(folder.resolve("fetched")).doesNotExist();
    }

    @Test
    void theTokenGoesToDatabricksAloneForFilesToo() {
        try (MlflowServer runs = MlflowServer.start()) {
            server.require("Bearer dapi-secret");
            MlflowConnection connection = MlflowConnection.from(Map.of(
                    "MLFLOW_TRACKING_URI",
                    runs.address(),
                    "MLFLOW_REGISTRY_URI",
                    "databricks-uc",
                    "DATABRICKS_HOST",
                    server.address(),
                    "DATABRICKS_TOKEN",
                    "dapi-secret"));
            MlflowRegistry registry = new MlflowRegistry(clients.client(connection), "cards", Clients.CLOCK, "alice");

            ModelVersion version = registry.register(fraud, bundle("b"), "f1", Map.of());
            registry.promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "first");
            registry.fetch(version, folder.resolve("fetched"));

            assertThat(runs.requests())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.authorization()).isEmpty());
            assertThat(server.requests())
                    .anyMatch(request -> request.path().startsWith("fs/files/"))
                    .allSatisfy(request -> assertThat(request.authorization()).isEqualTo("Bearer dapi-secret"));
        }
    }

    private Path bundle(String name) {
        return SampleBundle.write(folder.resolve(name), "booster").directory();
    }

    private void requireNothingMade() {
        assertThat(server.catalog.models).isEmpty();
        assertThat(server.tracking.experiments).isEmpty();
        assertThat(server.tracking.runs()).isEmpty();
    }

    private TrackingState.ServedRun onlyRun() {
        List<TrackingState.ServedRun> runs = server.tracking.runs();
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }
}

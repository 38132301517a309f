package io.trainyard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.KeyFiles;
import io.trainyard.registry.bundle.SampleBundle;
import io.trainyard.registry.file.LocalStorage;
import io.trainyard.registry.file.PathRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every registry does. */
public abstract class ModelRegistryContract {
    /** What the clock of the registry under test shows. */
    protected static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    protected Path folder;

    /** Two names of models. */
    protected final String fraud;

    private final String churn;
    private ModelRegistry registry;

    /** For registries that take plain names. */
    protected ModelRegistryContract() {
        this("");
    }

    /** @param prefix what names of models must begin with */
    protected ModelRegistryContract(String prefix) {
        fraud = prefix + "fraud";
        churn = prefix + "churn";
    }

    /** A registry of the actor {@code actor}; all those of one test are over one storage, which begins empty. */
    protected abstract ModelRegistry registry(String actor);

    @BeforeEach
    void open() {
        registry = registry("alice");
    }

    @Test
    void anEmptyRegistryHasNothing() {
        assertThat(registry.models()).isEmpty();
        assertThat(registry.model(fraud)).isEmpty();
        assertThat(registry.version(fraud, 1)).isEmpty();
        assertThat(registry.byAlias(fraud, "champion")).isEmpty();
        assertThat(registry.byFingerprint(fraud, "f1")).isEmpty();
        assertThat(registry.history(fraud)).isEmpty();
    }

    @Test
    void aVersionSaysWhatItsBundleSays() {
        Bundle bundle = SampleBundle.write(folder.resolve("b1"), "booster");
        ModelVersion version = registry.register(fraud, bundle.directory(), "f1", Map.of("team", "risk"));

        assertThat(version.model()).isEqualTo(fraud);
        assertThat(version.number()).isEqualTo(1);
        assertThat(version.digest()).isEqualTo(bundle.digest());
        assertThat(version.registered()).isEqualTo(NOW);
        assertThat(version.fingerprint()).isEqualTo("f1");
        assertThat(version.scores()).isEqualTo(SampleBundle.METADATA.scores());
        assertThat(version.lineage()).isEqualTo(SampleBundle.LINEAGE);
        assertThat(version.tags()).isEqualTo(Map.of("team", "risk"));
        assertThat(registry("bob").version(fraud, 1)).contains(version);
        assertThat(registry("bob").byFingerprint(fraud, "f1")).contains(version);
    }

    @Test
    void versionsCountFromOneForEachModel() {
        register(fraud, "f1");
        register(fraud, "f2");
        register(churn, "f1");

        assertThat(registry.models()).extracting(RegisteredModel::name).containsExactly(churn, fraud);
        assertThat(registry.model(fraud).orElseThrow().versions())
                .extracting(ModelVersion::number)
                .containsExactly(1, 2);
        assertThat(registry.model(churn).orElseThrow().versions()).hasSize(1);
    }

    @Test
    void aFingerprintIsRegisteredOnce() {
        ModelVersion first = register(fraud, "f1");
        Bundle other = SampleBundle.write(folder.resolve("other"), "other booster");

        assertThat(registry.register(fraud, other.directory(), "f1", Map.of())).isEqualTo(first);
        assertThat(registry.model(fraud).orElseThrow().versions()).hasSize(1);
    }

    @Test
    void equalBundlesOfTwoRunsAreTwoVersions() {
        Bundle bundle = SampleBundle.write(folder.resolve("b"), "booster");
        ModelVersion first = registry.register(fraud, bundle.directory(), "f1", Map.of());
        ModelVersion second = registry.register(fraud, bundle.directory(), "f2", Map.of());

        assertThat(second.number()).isEqualTo(2);
        assertThat(second.digest()).isEqualTo(first.digest());
    }

    @Test
    void aDamagedBundleIsNotRegistered() throws IOException {
        Bundle bundle = SampleBundle.write(folder.resolve("b"), "booster");
        Files.writeString(bundle.model(), "bOoster");

        assertThatThrownBy(() -> registry.register(fraud, bundle.directory(), "f1", Map.of()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("file 'model.ubj' has digest");
        assertThat(registry.models()).isEmpty();
    }

    @Test
    void aNameThatIsNoPathSegmentIsRefused() {
        assertThatThrownBy(() -> registry.register("../fraud", folder, "f1", Map.of()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot use '../fraud' as the name of a model");
        assertThatThrownBy(() -> registry.model("a/b"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("'a/b'");
        assertThatThrownBy(() -> registry.byAlias(fraud, "latest"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("'latest'");
    }

    @Test
    void anAliasPointsToAVersion() {
        register(fraud, "f1");
        ModelVersion second = register(fraud, "f2");

        registry.promote(fraud, "champion", 2, ModelRegistry.NO_VERSION, "better");

        assertThat(registry.byAlias(fraud, "champion")).contains(second);
        assertThat(registry.model(fraud).orElseThrow().aliases()).isEqualTo(Map.of("champion", 2));
    }

    @Test
    void anAliasMovesOnlyFromWhereItWasSeen() {
        register(fraud, "f1");
        register(fraud, "f2");
        register(fraud, "f3");
        registry.promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "first");
        registry("bob").promote(fraud, "champion", 2, 1, "newer");

        assertThatThrownBy(() -> registry.promote(fraud, "champion", 3, 1, "mine"))
                .isInstanceOf(ConflictException.class)
                .hasMessage(("Cannot move alias 'champion' of model '%s': it points to version 2, not to version 1 as"
                                + " expected (promoted by bob at 2026-01-02T03:04:05Z: newer);"
                                + " look at the history and decide again")
                        .formatted(fraud));
        assertThatThrownBy(() -> registry.promote(fraud, "shadow", 3, 1, "mine"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("it points to no version, not to version 1 as expected (it was never set)");
        assertThat(registry.byAlias(fraud, "champion").orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void aPromotionThatIsRepeatedChangesNothing() {
        register(fraud, "f1");
        registry.promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "first");
        registry.promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "again");

        assertThat(registry.history(fraud)).hasSize(2);
    }

    @Test
    void aVersionThatIsNotThereIsNotPromoted() {
        register(fraud, "f1");

        assertThatThrownBy(() -> registry.promote(fraud, "champion", 2, ModelRegistry.NO_VERSION, "x"))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot find version 2 of model '%s': it has versions 1 to 1".formatted(fraud));
        assertThatThrownBy(() -> registry.promote(churn, "champion", 1, ModelRegistry.NO_VERSION, "x"))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot find version 1 of model '%s': it has none".formatted(churn));
    }

    @Test
    void rollbacksGoBackOneByOne() {
        register(fraud, "f1");
        register(fraud, "f2");
        register(fraud, "f3");
        registry.promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "one");
        registry.promote(fraud, "champion", 2, 1, "two");
        registry.promote(fraud, "champion", 3, 2, "three");

        assertThat(registry.rollback(fraud, "champion", 3, "bad").number()).isEqualTo(2);
        assertThat(registry.rollback(fraud, "champion", 2, "bad too").number()).isEqualTo(1);
        assertThat(registry.byAlias(fraud, "champion").orElseThrow().number()).isEqualTo(1);
        assertThatThrownBy(() -> registry.rollback(fraud, "champion", 1, "and on"))
                .isInstanceOf(RegistryException.class)
                .hasMessage(("Cannot roll back alias 'champion' of model '%s': no version held it before version 1;"
                                + " promote the version that you want")
                        .formatted(fraud));
    }

    @Test
    void whatWasRolledBackIsNotReturnedTo() {
        register(fraud, "f1");
        register(fraud, "f2");
        register(fraud, "f3");
        registry.promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "one");
        registry.promote(fraud, "champion", 2, 1, "two");
        registry.rollback(fraud, "champion", 2, "bad");
        registry.promote(fraud, "champion", 3, 1, "three");

        assertThat(registry.rollback(fraud, "champion", 3, "bad").number()).isEqualTo(1);
    }

    @Test
    void twoWhoSeeTheSameBadVersionRollBackOnce() {
        register(fraud, "f1");
        register(fraud, "f2");
        registry.promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "one");
        registry.promote(fraud, "champion", 2, 1, "two");
        registry("bob").rollback(fraud, "champion", 2, "bad");

        assertThatThrownBy(() -> registry.rollback(fraud, "champion", 2, "bad"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("it points to version 1")
                .hasMessageContaining("rolled back by bob");
    }

    @Test
    void anAliasThatWasNeverSetCannotBeRolledBack() {
        register(fraud, "f1");

        assertThatThrownBy(() -> registry.rollback(fraud, "champion", ModelRegistry.NO_VERSION, "x"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("it does not exist");
    }

    @Test
    void theHistoryTellsWhoDidWhatAndWhy() {
        ModelVersion first = register(fraud, "f1");
        ModelVersion second = register(fraud, "f2");
        registry.promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "first");
        registry("bob").promote(fraud, "champion", 2, 1, "better");
        registry.rollback(fraud, "champion", 2, "drift");

        assertThat(registry("carol").history(fraud))
                .isEqualTo(List.of(
                        new Event.Registered(1, NOW, "alice", first),
                        new Event.Registered(2, NOW, "alice", second),
                        new Event.Promoted(3, NOW, "alice", "champion", 1, ModelRegistry.NO_VERSION, "first"),
                        new Event.Promoted(4, NOW, "bob", "champion", 2, 1, "better"),
                        new Event.RolledBack(5, NOW, "alice", "champion", 1, 2, "drift")));
    }

    @Test
    void whatGatesSaidIsKeptOnceWithItsNumbers() {
        ModelVersion first = register(fraud, "f1");
        ModelVersion second = register(fraud, "f2");
        registry.promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "first");
        GateDecision worse = decision(false, "worse, on Zürich's rows too".repeat(800));
        GateDecision better = decision(true, "better");

        registry.judge(fraud, "champion", 2, worse);
        registry("bob").judge(fraud, "champion", 2, worse);
        registry("bob").judge(fraud, "champion", 2, better);

        List<Event> history = registry("carol").history(fraud);
        assertThat(history.stream().filter(Event.Judged.class::isInstance).map(Event.Judged.class::cast))
                .extracting(Event.Judged::actor, Event.Judged::version, Event.Judged::decision)
                .containsExactlyInAnyOrder(tuple("alice", 2, worse), tuple("bob", 2, better));
        assertThat(history).extracting(Event::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(registry.model(fraud).orElseThrow().versions()).containsExactly(first, second);
        assertThat(registry.byAlias(fraud, "champion")).contains(first);
    }

    @Test
    void aVersionThatIsNotThereIsNotJudged() {
        register(fraud, "f1");

        assertThatThrownBy(() -> registry.judge(fraud, "champion", 2, decision(true, "x")))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot find version 2 of model '%s': it has versions 1 to 1".formatted(fraud));
    }

    protected static GateDecision decision(boolean passed, String reason) {
        return new GateDecision(List.of(new GateDecision.Verdict(
                "min auc", passed, reason, new TreeMap<>(Map.of("value", 0.1, "limit", Double.NaN)))));
    }

    @Test
    void allOfAModelIsBroughtFromAnotherRegistryOnce() {
        ModelRegistry source = other();
        ModelVersion first = register(source, fraud, "f1");
        ModelVersion second = register(source, fraud, "f2");
        source.judge(fraud, "champion", 2, decision(true, "better"));
        source.promote(fraud, "champion", 1, ModelRegistry.NO_VERSION, "first");
        source.promote(fraud, "champion", 2, 1, "better");
        source.promote(fraud, "challenger", 1, ModelRegistry.NO_VERSION, "again");
        register(fraud, "own");
        register(fraud, "f2");
        registry.promote(fraud, "challenger", 1, ModelRegistry.NO_VERSION, "by hand");
        List<ModelVersion> brought = new ArrayList<>();
        RegistrySync sync = new RegistrySync(source, registry, folder.resolve("scratch"), brought::add, bundle -> {});

        RegistrySync.Report report = sync.of(fraud);

        assertThat(report.versions())
                .containsExactly(entry(1, new RegistrySync.Copy(3, true)), entry(2, new RegistrySync.Copy(2, false)));
        assertThat(report.aliases())
                .containsExactly(
                        entry("challenger", RegistrySync.AliasCopy.LEFT),
                        entry("champion", RegistrySync.AliasCopy.MOVED));
        assertThat(brought).containsExactly(first);
        RegisteredModel there = registry.model(fraud).orElseThrow();
        assertThat(there.aliases()).isEqualTo(Map.of("champion", 2, "challenger", 1));
        assertThat(there.versions()).extracting(ModelVersion::digest).contains(first.digest(), second.digest());
        List<Event> history = registry.history(fraud);
        assertThat(history.get(history.size() - 1))
                .isEqualTo(new Event.Promoted(
                        history.size(), NOW, "alice", "champion", 2, ModelRegistry.NO_VERSION, "synced: better"));

        RegistrySync.Report again = sync.of(fraud);

        assertThat(again.versions().values())
                .extracting(RegistrySync.Copy::isNew)
                .containsOnly(false);
        assertThat(again.aliases()).containsEntry("champion", RegistrySync.AliasCopy.EQUAL);
        assertThat(registry.history(fraud)).isEqualTo(history);
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void anotherBundleOfTheSameRunIsNotTakenForIt() {
        ModelRegistry source = other();
        register(source, fraud, "f1");
        SampleBundle.write(folder.resolve("changed"), "another booster");
        registry.register(fraud, folder.resolve("changed"), "f1", Map.of());

        assertThatThrownBy(
                        () -> new RegistrySync(source, registry, folder.resolve("scratch"), brought -> {}, bundle -> {})
                                .of(fraud))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(("Cannot sync version 1 of model '%s': version 1 of the registry to sync to is of"
                                + " the same run and has another bundle")
                        .formatted(fraud));
        assertThatThrownBy(() -> new RegistrySync(source, registry, folder, brought -> {}, bundle -> {}).of(churn))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot sync model '%s': the registry to sync from has none of that name".formatted(churn));
    }

    @Test
    void aBundleThatIsRefusedIsNotBrought() {
        ModelRegistry source = other();
        register(source, fraud, "f1");
        Path scratch = folder.resolve("scratch");

        assertThatThrownBy(() -> new RegistrySync(source, registry, scratch, brought -> {}, bundle -> {
                            throw new RegistryException("nobody who is trusted has signed " + bundle.getFileName());
                        })
                        .of(fraud))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "Cannot sync version 1 of model '%s', nor any after it: nobody who is trusted has signed version-1"
                                .formatted(fraud));

        assertThat(registry.model(fraud)).isEmpty();
        assertThat(scratch).isEmptyDirectory();
    }

    protected final ModelRegistry other() {
        return new PathRegistry(new LocalStorage(folder.resolve("other")), Clock.fixed(NOW, ZoneOffset.UTC), "carol");
    }

    @Test
    void aFetchedBundleIsTheRegisteredOne() {
        ModelVersion version = register(fraud, "f1");
        Path target = folder.resolve("cache/fraud-1");

        registry.fetch(version, target);
        registry.fetch(version, target);

        assertThat(Bundle.open(target).digest()).isEqualTo(version.digest());
        assertThat(Bundle.open(target).model()).hasContent("booster of %s f1".formatted(fraud));
    }

    @Test
    void aTargetWithSomethingElseIsLeftAlone() {
        ModelVersion first = register(fraud, "f1");
        ModelVersion second = register(fraud, "f2");
        Path target = folder.resolve("cache");
        registry.fetch(first, target);

        assertThatThrownBy(() -> registry.fetch(second, target))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot fetch version 2 of model '%s'".formatted(fraud))
                .hasMessageContaining("holds another bundle, " + first.digest());
        assertThat(Bundle.open(target).digest()).isEqualTo(first.digest());
    }

    @Test
    void aSignatureTravelsWithItsBundle() throws IOException {
        KeyFiles keys = KeyFiles.create(folder, "alice");
        Bundle bundle = SampleBundle.write(folder.resolve("signed"), "booster");
        keys.signer().sign(bundle);
        ModelVersion signed = registry.register(fraud, bundle.directory(), "f1", Map.of());
        ModelVersion unsigned = register(fraud, "f2");

        registry.fetch(signed, folder.resolve("cache-1"));
        registry.fetch(unsigned, folder.resolve("cache-2"));

        assertThat(Bundle.open(folder.resolve("cache-1"), keys.trusted()).digest())
                .isEqualTo(signed.digest());
        assertThatThrownBy(() -> Bundle.open(folder.resolve("cache-2"), keys.trusted()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("it has no 'manifest.sig'");
    }

    /** Registers a bundle of its own for the run {@code fingerprint}. */
    protected final ModelVersion register(String model, String fingerprint) {
        return register(registry, model, fingerprint);
    }

    protected final ModelVersion register(ModelRegistry to, String model, String fingerprint) {
        Path directory = folder.resolve("made-" + model + "-" + fingerprint);
        if (!Files.exists(directory)) {
            SampleBundle.write(directory, "booster of " + model + " " + fingerprint);
        }
        return to.register(model, directory, fingerprint, Map.of());
    }
}

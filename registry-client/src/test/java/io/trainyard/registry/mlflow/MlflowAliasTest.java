package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.ConflictException;
import io.trainyard.registry.Event;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.SampleBundle;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aliases that race, die, are refused, and are moved by others. */
class MlflowAliasTest {
    @TempDir
    private Path folder;

    private final Clients clients = new Clients();
    private final MlflowServer server = clients.server;

    @AfterEach
    void stop() {
        clients.close();
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

    private boolean promotes(String actor, int number) {
        try {
            registry(actor).promote("fraud", "champion", number, ModelRegistry.NO_VERSION, "race");
            return true;
        } catch (ConflictException e) {
            return false;
        }
    }

    private ModelRegistry registry(String actor) {
        return clients.registry(actor);
    }

    private ModelVersion register(String model, String fingerprint) {
        Path directory = folder.resolve("made-" + model + "-" + fingerprint);
        SampleBundle.write(directory, "booster of " + model + " " + fingerprint);
        return registry("alice").register(model, directory, fingerprint, Map.of());
    }
}

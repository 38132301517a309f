package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.ConflictException;
import io.trainyard.registry.Event;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
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
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registrations and aliases in Unity Catalog that race, die and come late. */
class UnityCatalogRacesTest {
    private static final String FRAUD = "main.ml.fraud";

    @TempDir
    private Path folder;

    private final Clients clients = new Clients();
    private final MlflowServer server = clients.server;

    @AfterEach
    void stop() {
        clients.close();
    }

    @RepeatedTest(3)
    void manyWhoRegisterAtOnceMakeOneVersionOfEachFingerprint() throws InterruptedException, ExecutionException {
        int actors = 8;
        List<Callable<ModelVersion>> registrations = new ArrayList<>();
        for (int actor = 1; actor <= actors; actor++) {
            // Two actors for each fingerprint.
            String fingerprint = "f" + (actor + 1) / 2;
            Path directory = SampleBundle.write(folder.resolve("bundle-" + actor), fingerprint)
                    .directory();
            String name = "actor " + actor;
            registrations.add(() -> clients.catalog(name).register(FRAUD, directory, fingerprint, Map.of()));
        }

        List<ModelVersion> made = atOnce(registrations);

        List<ModelVersion> versions =
                clients.catalog("alice").model(FRAUD).orElseThrow().versions();
        assertThat(versions).extracting(ModelVersion::fingerprint).containsExactlyInAnyOrder("f1", "f2", "f3", "f4");
        assertThat(made).allSatisfy(version -> assertThat(versions).contains(version));
        assertThat(server.catalog.models.get(FRAUD).versions)
                .hasSize(actors / 2)
                .allSatisfy((number, version) -> assertThat(version.isReady()).isTrue());
    }

    @Test
    void ofManyWhoPromoteAtOnceOneWins() throws InterruptedException, ExecutionException {
        int racers = 8;
        List<Callable<Boolean>> promotions = new ArrayList<>();
        for (int number = 1; number <= racers; number++) {
            register("f" + number);
            int mine = number;
            promotions.add(() -> promotes("racer " + mine, mine));
        }

        List<Boolean> won = atOnce(promotions);

        assertThat(Collections.frequency(won, true)).isEqualTo(1);
        int winner = won.indexOf(true) + 1;
        List<Event> history = clients.catalog("alice").history(FRAUD);
        assertThat(history).hasSize(racers + 1);
        assertThat(((Event.Promoted) history.get(racers)).version()).isEqualTo(winner);
        assertThat(server.catalog.models.get(FRAUD).aliases).isEqualTo(Map.of("champion", winner));
    }

    @Test
    void aMoveWhoseMakerDiedIsFinishedByTheNext() {
        register("f1");
        register("f2");
        server.fail(
                "registered-models/alias",
                Stream.generate(() -> new Fault.Cut(false)).limit(8).toArray(Fault[]::new));
        assertThatThrownBy(() -> promotes("bob", 2)).isInstanceOf(UncheckedIOException.class);
        assertThat(clients.catalog("alice").byAlias(FRAUD, "champion")).isEmpty();

        assertThat(promotes("alice", 1)).isFalse();

        assertThat(champion()).isEqualTo(2);
        assertThat(clients.catalog("alice").history(FRAUD)).hasSize(3);
    }

    @Test
    void aMoveThatComesLateDoesNotUndoANewerOne() {
        register("f1");
        register("f2");
        server.fail(
                "registered-models/alias",
                new Fault.Meanwhile(() -> clients.catalog("bob").promote(FRAUD, "champion", 2, 1, "newer")));

        assertThat(promotes("alice", 1)).isTrue();

        assertThat(champion()).isEqualTo(2);
    }

    @Test
    void aRunInTheBinDecidesNothing() {
        register("f1");
        register("f2");
        assertThat(promotes("alice", 1)).isTrue();
        server.tracking.runs().get(0).info.put("lifecycle_stage", "deleted");

        clients.catalog("alice").promote(FRAUD, "champion", 2, 1, "two");

        assertThat(clients.catalog("alice")
                        .rollback(FRAUD, "champion", 2, "bad")
                        .number())
                .isEqualTo(1);
        assertThat(clients.catalog("alice").history(FRAUD)).hasSize(5);
    }

    private int champion() {
        return clients.catalog("alice").byAlias(FRAUD, "champion").orElseThrow().number();
    }

    private boolean promotes(String actor, int number) {
        try {
            clients.catalog(actor).promote(FRAUD, "champion", number, ModelRegistry.NO_VERSION, "race");
            return true;
        } catch (ConflictException e) {
            return false;
        }
    }

    private void register(String fingerprint) {
        Path directory =
                SampleBundle.write(folder.resolve(fingerprint), fingerprint).directory();
        clients.catalog("alice").register(FRAUD, directory, fingerprint, Map.of());
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> outcome : threads.invokeAll(calls)) {
                results.add(outcome.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}

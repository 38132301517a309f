package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.registry.ConflictException;
import io.trainyard.registry.Event;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import io.trainyard.registry.bundle.SampleBundle;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several registries at once, whose calls break off at random, before the work or after it, and are given up at once. */
class MlflowWeatherTest {
    private static final int ACTORS = 4;
    private static final int RUNS = 3;
    private static final double TROUBLE = 0.1;

    /** One that every registry takes. */
    private static final String MODEL = "main.ml.fraud";

    @TempDir
    private Path folder;

    private final Clients clients = new Clients();

    @AfterEach
    void stop() {
        clients.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void nothingIsLostNothingIsTwiceAndAliasesMoveOneByOne(long seed) throws InterruptedException, ExecutionException {
        requireCalmAfter(seed, clients.connection(new Credentials.Anonymous()));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void norIsItInUnityCatalog(long seed) throws InterruptedException, ExecutionException {
        requireCalmAfter(seed, clients.workspace());
        assertThat(clients.server.catalog.models.get(MODEL).versions).hasSize(ACTORS * RUNS);
    }

    private void requireCalmAfter(long seed, MlflowConnection connection)
            throws InterruptedException, ExecutionException {
        Random random = new Random(seed);
        clients.server.weather(() -> weather(random));

        List<ModelVersion> acknowledged = acknowledged(connection);

        clients.server.weather(Optional::empty);
        ModelRegistry calm = new MlflowRegistry(clients.client(connection), "cards", Clients.CLOCK, "calm");
        RegisteredModel model = calm.model(MODEL).orElseThrow();
        assertThat(model.versions()).containsExactlyInAnyOrderElementsOf(acknowledged);
        for (ModelVersion version : model.versions()) {
            calm.fetch(version, folder.resolve("fetched-" + version.number()));
        }
        requireChain(calm.history(MODEL), model);
    }

    /** Every move began where the one before it had led, and the alias is where the last has led. */
    private static void requireChain(List<Event> history, RegisteredModel model) {
        int holder = ModelRegistry.NO_VERSION;
        int moves = 0;
        for (Event event : history) {
            if (event instanceof Event.Promoted promoted) {
                assertThat(promoted.previous()).as(promoted.toString()).isEqualTo(holder);
                holder = promoted.version();
                moves++;
            }
        }
        assertThat(model.aliases()).isEqualTo(Map.of("champion", holder));
        assertThat(moves).isGreaterThan(1);
    }

    private List<ModelVersion> acknowledged(MlflowConnection connection)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(ACTORS);
        try {
            List<Callable<List<ModelVersion>>> work = new ArrayList<>();
            for (int actor = 1; actor <= ACTORS; actor++) {
                String name = "actor-" + actor;
                work.add(() -> registerAndPromote(connection, name));
            }
            List<ModelVersion> all = new ArrayList<>();
            for (Future<List<ModelVersion>> done : threads.invokeAll(work)) {
                all.addAll(done.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<ModelVersion> registerAndPromote(MlflowConnection connection, String actor) {
        MlflowConnection impatient = connection.with(new Retries(0, Duration.ZERO));
        ModelRegistry registry = new MlflowRegistry(clients.client(impatient), "cards", Clients.CLOCK, actor);
        List<ModelVersion> versions = new ArrayList<>();
        for (int run = 1; run <= RUNS; run++) {
            String fingerprint = actor + "-" + run;
            Path bundle =
                    SampleBundle.write(folder.resolve(fingerprint), fingerprint).directory();
            ModelVersion version = untilDone(() -> registry.register(MODEL, bundle, fingerprint, Map.of()));
            versions.add(version);
            untilDone(() -> promoted(registry, version.number()));
        }
        return versions;
    }

    /** Whoever is overtaken leaves it at that. */
    private static boolean promoted(ModelRegistry registry, int number) {
        try {
            int seen = registry.byAlias(MODEL, "champion")
                    .map(ModelVersion::number)
                    .orElse(ModelRegistry.NO_VERSION);
            registry.promote(MODEL, "champion", number, seen, "newest");
            return true;
        } catch (ConflictException e) {
            return false;
        }
    }

    /** A registry that does not answer may be asked again: nothing has its effect twice. */
    private static <T> T untilDone(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (UncheckedIOException e) {
                assertThat(e).hasMessageContaining("did not serve");
            }
        }
    }

    private static Optional<Fault> weather(Random random) {
        synchronized (random) {
            if (random.nextDouble() >= TROUBLE) {
                return Optional.empty();
            }
            return Optional.of(
                    switch (random.nextInt(3)) {
                        case 0 -> new Fault.Cut(true);
                        case 1 -> new Fault.Cut(false);
                        default -> Fault.status(503);
                    });
        }
    }
}

package io.trainyard.registry.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.registry.ConflictException;
import io.trainyard.registry.Event;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.bundle.SampleBundle;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two promotions race: one wins, and the other is told what changed. */
class RacingPromotionsTest {
    private static final int ROUNDS = 50;

    @TempDir
    private Path folder;

    @Test
    void oneOfTwoWinsAndTheOtherIsTold() throws InterruptedException, ExecutionException {
        for (int version = 1; version <= 3; version++) {
            SampleBundle.write(folder.resolve("b" + version), "booster " + version);
            registry("carol").register("fraud", folder.resolve("b" + version), "f" + version, Map.of());
        }
        registry("carol").promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "the first");
        ExecutorService racers = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                race(racers);
            }
        } finally {
            racers.shutdown();
        }

        List<Event> history = registry("carol").history("fraud");
        assertThat(history).hasSize(4 + 2 * ROUNDS);
    }

    /** Alice promotes version 2 and Bob version 3, both in place of version 1, to which Carol returns afterwards. */
    private void race(ExecutorService racers) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Optional<ConflictException>> ends = new ArrayList<>();
        for (Future<Optional<ConflictException>> end :
                racers.invokeAll(List.of(promotion("alice", 2, start), promotion("bob", 3, start)))) {
            ends.add(end.get());
        }
        boolean aliceWon = ends.get(0).isEmpty();
        int winner = aliceWon ? 2 : 3;

        assertThat(ends.get(1).isEmpty()).isNotEqualTo(aliceWon);
        assertThat(ends.get(aliceWon ? 1 : 0).orElseThrow())
                .hasMessageContaining("it points to version %d, not to version 1 as expected".formatted(winner))
                .hasMessageContaining("promoted by " + (aliceWon ? "alice" : "bob"));
        assertThat(registry("carol")
                        .rollback("fraud", "champion", winner, "again")
                        .number())
                .isEqualTo(1);
    }

    private Callable<Optional<ConflictException>> promotion(String actor, int version, CyclicBarrier start) {
        return () -> promote(registry(actor), version, start);
    }

    private static Optional<ConflictException> promote(ModelRegistry registry, int version, CyclicBarrier start)
            throws InterruptedException, BrokenBarrierException {
        start.await();
        try {
            registry.promote("fraud", "champion", version, 1, "better");
            return Optional.empty();
        } catch (ConflictException e) {
            return Optional.of(e);
        }
    }

    private ModelRegistry registry(String actor) {
        return new PathRegistry(new LocalStorage(folder.resolve("registry")), Clock.systemUTC(), actor);
    }
}

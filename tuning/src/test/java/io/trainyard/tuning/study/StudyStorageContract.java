package io.trainyard.tuning.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.space.Params;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every storage promises. */
public abstract class StudyStorageContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final StudyEvent.Owned OWNER = new StudyEvent.Owned("fraud", "x: float [0.0, 1.0]\nseed 1", NOW);

    /** An empty storage. */
    protected abstract StudyStorage storage();

    @Test
    void keepsEveryKindOfEventAsItIs() {
        StudyStorage storage = storage();
        Params params = Params.of(Map.of("x", 1.0, "depth", 6L, "tiny", 4.9e-324, "word", "naïve \"quoted\"\n{}"));
        List<StudyEvent> events = List.of(
                new StudyEvent.Asked(0, params, List.of(), NOW),
                new StudyEvent.Asked(1, Params.empty(), List.of(0), NOW),
                new StudyEvent.Reported(1, 4, 0.1, Decision.WAIT, NOW),
                new StudyEvent.Resumed(1, NOW),
                new StudyEvent.Reported(1, 16, Double.NEGATIVE_INFINITY, Decision.GO_ON, NOW),
                new StudyEvent.Reported(0, 1, Double.NaN, Decision.STOP, NOW),
                new StudyEvent.Told(1, new Outcome.Lost("executor 3 exited"), NOW),
                new StudyEvent.Told(0, outcome(0.1), NOW),
                new StudyEvent.Told(1, new Outcome.Pruned(7, Double.POSITIVE_INFINITY), NOW),
                new StudyEvent.Told(2, new Outcome.Failed("loss is NaN"), NOW));
        storage.takeOver(OWNER);
        events.forEach(event -> storage.sync(storage.append(event)));

        assertThat(storage.events()).first().isEqualTo(OWNER);
        assertThat(storage.events()).endsWith(events.toArray(StudyEvent[]::new)).hasSize(1 + events.size());
    }

    @Test
    void aNewOwnerGetsWhatWasBefore() {
        StudyStorage storage = storage();
        assertThat(storage.takeOver(OWNER)).isEmpty();
        StudyEvent asked = asked(0);
        storage.sync(storage.append(asked));

        assertThat(storage.takeOver(OWNER)).containsExactly(OWNER, asked);
    }

    @Test
    void oneSyncCoversAllBefore() {
        StudyStorage storage = storage();
        storage.takeOver(OWNER);
        storage.append(asked(0));
        storage.append(asked(1));
        storage.sync(storage.append(asked(2)));

        assertThat(storage.events()).containsExactly(OWNER, asked(0), asked(1), asked(2));
    }

    @Test
    void positionsAreTheOrderAlsoOfManyThreads() throws InterruptedException, ExecutionException {
        StudyStorage storage = storage();
        storage.takeOver(OWNER);
        SortedMap<Long, StudyEvent> byPosition = new TreeMap<>();
        ExecutorService workers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Long>> calls = IntStream.range(0, 200)
                    .mapToObj(i -> workers.submit(() -> appendDurably(storage, asked(i))))
                    .toList();
            for (int i = 0; i < 200; i++) {
                byPosition.put(calls.get(i).get(), asked(i));
            }
        } finally {
            workers.shutdownNow();
        }

        assertThat(storage.events().subList(1, 201)).containsExactlyElementsOf(byPosition.values());
    }

    @Test
    void needsAnOwner() {
        StudyStorage storage = storage();

        assertThatThrownBy(() -> storage.append(asked(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("take the study over first");
    }

    private static long appendDurably(StudyStorage storage, StudyEvent event) {
        long position = storage.append(event);
        storage.sync(position);
        return position;
    }

    private static StudyEvent asked(int number) {
        return new StudyEvent.Asked(number, Params.of(Map.of("x", number / 7.0)), List.of(), NOW);
    }

    private static Outcome outcome(double value) {
        return new Outcome.Complete(
                value, new TreeMap<>(Map.of("rounds", 120.0, "undefined", Double.NaN, "seconds", 1.5)));
    }
}

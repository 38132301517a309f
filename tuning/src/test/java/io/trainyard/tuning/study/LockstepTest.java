package io.trainyard.tuning.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the timing, a study in lockstep is the same. */
@Timeout(30)
class LockstepTest {

    private static final int WORKERS = 4;
    private static final int TRIALS = 40;
    private static final StudyDefinition DEFINITION = new StudyDefinition(
                    "steps",
                    SearchSpace.of(FloatParameter.uniform("x", 0, 1), FloatParameter.log("y", 0.1, 1)),
                    Direction.MINIMIZE,
                    11,
                    Budget.ofTrials(TRIALS))
            .withConcurrency(Concurrency.lockstep(WORKERS));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyOrderOfEndingGivesTheSameTrials(long timing) throws InterruptedException {
        assertThat(points(shuffled(timing, new MemoryStorage()))).isEqualTo(points(inOrder()));
    }

    /** Every driver dies after a few trials, with others pending. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void driversThatDieChangeNothing(long timing) throws InterruptedException {
        StudyStorage storage = new MemoryStorage();
        Random random = new Random(timing);
        Study study = open(storage);
        while (study.history().finished().size() < TRIALS) {
            study = open(storage);
            run(study, random, random.nextInt(8));
        }

        assertThat(points(study.history())).isEqualTo(points(inOrder()));
    }

    /** The worker of trial 0 ends last of the first four: the others must wait for it. */
    @Test
    void threadsWaitForTheTrialsThatTheirsDependOn() throws InterruptedException, ExecutionException {
        Study study = open(new MemoryStorage());
        CountDownLatch others = new CountDownLatch(WORKERS - 1);
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<Void>> loops = Stream.generate(() -> workers.submit(() -> work(study, others)))
                    .limit(WORKERS)
                    .toList();
            for (Future<Void> loop : loops) {
                loop.get();
            }
        } finally {
            workers.shutdownNow();
        }

        assertThat(points(study.history())).isEqualTo(points(inOrder()));
    }

    @Test
    void aTrialLostWhileOthersWaitForItIsHandedToThem() throws InterruptedException, ExecutionException {
        Study study = open(new MemoryStorage());
        for (int i = 0; i < WORKERS; i++) {
            study.next();
        }
        ExecutorService waiter = Executors.newSingleThreadExecutor();
        try {
            Future<Optional<Trial>> next = waiter.submit(study::next);
            study.tell(0, new Outcome.Lost("executor 3 exited"));

            assertThat(next.get()).map(Trial::number).hasValue(0);
        } finally {
            waiter.shutdownNow();
        }
    }

    @Test
    void valuesThatDifferByRoundingAreTheSame() throws InterruptedException {
        Study study = open(new MemoryStorage());
        study.next();
        study.tell(0, new Outcome.Complete(0.1 + 0.2));

        assertThat(study.history().finished().get(0).value()).hasValue(0.3);
    }

    @Test
    void seesExactlyTheTrialsThatItWaitedFor() throws InterruptedException {
        StudyStorage storage = new MemoryStorage();
        Study study = open(storage);
        for (int i = 0; i < WORKERS; i++) {
            study.next();
        }
        for (int number : new int[] {3, 1, 0}) {
            study.tell(number, new Outcome.Complete(number));
        }
        study.next();

        StudyEvent.Asked asked =
                (StudyEvent.Asked) storage.events().get(storage.events().size() - 1);
        assertThat(asked.number()).isEqualTo(4);
        assertThat(asked.pending()).containsExactly(1, 2, 3);
    }

    @Test
    void hasNoTimeLimit() {
        assertThatThrownBy(() -> DEFINITION.withBudget(Budget.ofTrials(5).within(Duration.ofMinutes(1))))
                .hasMessageContaining("Cannot run study 'steps' in lockstep for PT1M");
    }

    private static Void work(Study study, CountDownLatch others) throws InterruptedException {
        Optional<Trial> trial = study.next();
        while (trial.isPresent()) {
            int number = trial.get().number();
            if (number == 0) {
                others.await();
            }
            Outcome outcome = outcome(trial.get());
            if (number > 0 && number < WORKERS) {
                study.tell(number, outcome);
                others.countDown();
                trial = study.next();
            } else {
                trial = study.tellAndNext(number, outcome);
            }
        }
        return null;
    }

    private static History shuffled(long timing, StudyStorage storage) throws InterruptedException {
        Study study = open(storage);
        run(study, new Random(timing), TRIALS);
        return study.history();
    }

    /** Ends running trials in random order, and asks for as many as lockstep lets without waiting. */
    private static void run(Study study, Random random, int trials) throws InterruptedException {
        List<Trial> running = new ArrayList<>();
        for (int told = 0; told < trials; told++) {
            ask(study, running);
            if (running.isEmpty()) {
                return;
            }
            Collections.swap(running, random.nextInt(running.size()), running.size() - 1);
            Trial trial = running.remove(running.size() - 1);
            study.tell(trial.number(), outcome(trial));
        }
    }

    private static void ask(Study study, List<Trial> running) throws InterruptedException {
        History history = study.history();
        int asked = history.finished().size() + history.pending().size();
        int oldest = history.pending().stream().mapToInt(Trial::number).min().orElse(asked);
        int ready = Math.min(TRIALS, oldest + WORKERS) - asked;
        int waiting = history.pending().size() - running.size();
        for (int i = 0; i < ready + waiting; i++) {
            running.add(study.next().orElseThrow());
        }
    }

    private static History inOrder() throws InterruptedException {
        Study study = open(new MemoryStorage());
        Deque<Trial> running = new ArrayDeque<>();
        for (int i = 0; i < WORKERS; i++) {
            running.add(study.next().orElseThrow());
        }
        while (!running.isEmpty()) {
            Trial oldest = running.poll();
            study.tellAndNext(oldest.number(), outcome(oldest)).ifPresent(running::add);
        }
        return study.history();
    }

    private static Study open(StudyStorage storage) {
        return Study.open(DEFINITION, storage, new NoisySampler(), Clock.systemUTC());
    }

    private static Outcome outcome(Trial trial) {
        return trial.number() % 9 == 4
                ? new Outcome.Failed("loss is NaN")
                : new Outcome.Complete(
                        trial.params().number("x") / trial.params().number("y"));
    }

    private static List<Params> points(History history) {
        assertThat(history.finished())
                .extracting(Trial::number)
                .containsExactlyElementsOf(IntStream.range(0, TRIALS).boxed().toList());
        return history.finished().stream().map(Trial::params).toList();
    }
}

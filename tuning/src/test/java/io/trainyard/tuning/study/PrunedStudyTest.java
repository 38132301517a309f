package io.trainyard.tuning.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.pruner.AshaPruner;
import io.trainyard.tuning.pruner.MedianPruner;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A study whose trials report on their way. */
@Timeout(30)
class PrunedStudyTest {

    /** Of two trials at rung 1 or 2, the better one goes on. */
    private static final Pruner HALVING = new AshaPruner(2, 1);

    private static final StudyDefinition DEFINITION = new StudyDefinition(
                    "fraud",
                    SearchSpace.of(FloatParameter.uniform("x", 0, 1)),
                    Direction.MINIMIZE,
                    7,
                    Budget.ofTrials(3))
            .withFidelity(new Fidelity(4));

    /** Lets no trial go on before another has ended. */
    private record Gate() implements Pruner {

        @Override
        public Decision decide(Problem problem, Trial trial, History history) {
            return history.finished().isEmpty() ? Decision.WAIT : Decision.GO_ON;
        }

        @Override
        public int nextStep(Problem problem, Trial trial) {
            return trial.step() + 1;
        }

        @Override
        public boolean pauses() {
            return true;
        }
    }

    private final ManualClock clock = new ManualClock();
    private final StudyStorage storage = new MemoryStorage();

    @Test
    void aTrialThatReportsGoesOnOrWaits() throws InterruptedException {
        Study study = open(DEFINITION);
        study.next();
        study.next();

        assertThat(study.nextStep(0)).isEqualTo(1);
        assertThat(study.report(0, 1, 0.5)).isEqualTo(Decision.GO_ON);
        assertThat(study.nextStep(0)).isEqualTo(2);
        assertThat(study.report(1, 1, 0.7)).isEqualTo(Decision.WAIT);
        assertThat(study.history().pending())
                .extracting(Trial::reports)
                .containsExactly(new TreeMap<>(Map.of(1, 0.5)), new TreeMap<>(Map.of(1, 0.7)));
        assertThat(storage.events())
                .last()
                .isEqualTo(new StudyEvent.Reported(1, 1, 0.7, Decision.WAIT, clock.instant()));
    }

    @Test
    void aWaitingTrialIsHandedOutAgainWhenItMayGoOn() throws InterruptedException {
        Study study = withTwoOfThreeAtTheFirstRung(DEFINITION);
        assertThat(study.next()).map(Trial::number).hasValue(2);
        assertThat(study.report(2, 1, 0.9)).isEqualTo(Decision.WAIT);
        study.tell(0, new Outcome.Failed("out of memory"));
        Trial promoted = study.next().orElseThrow();

        assertThat(promoted.number()).isEqualTo(1);
        assertThat(promoted.step()).isEqualTo(1);
        assertThat(storage.events()).last().isEqualTo(new StudyEvent.Resumed(1, clock.instant()));
        assertThat(study.report(1, 2, 0.6)).isEqualTo(Decision.GO_ON);
    }

    @Test
    void theOneThatGotFarthestComesFirstAndThenTheBest() throws InterruptedException {
        StudyDefinition five = DEFINITION.withBudget(Budget.ofTrials(5));
        Study study = Study.open(five, storage, new NoisySampler(), new Gate(), clock);
        for (int number = 0; number < 5; number++) {
            study.next();
        }
        study.report(0, 1, 0.3);
        study.report(1, 1, 0.2);
        study.report(2, 1, 0.2);
        study.report(3, 2, 0.9);
        study.tell(4, new Outcome.Complete(0.1));
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            order.add(study.next().orElseThrow().number());
        }

        assertThat(order).containsExactly(3, 1, 2, 0);
    }

    @Test
    void aStoppedTrialHasEnded() throws InterruptedException {
        Study study = Study.open(DEFINITION, storage, new NoisySampler(), new MedianPruner(1, 0, 1), clock);
        List<Trial> heard = new ArrayList<>();
        study.listen((trial, history) -> heard.add(trial));
        study.next();
        study.report(0, 1, 0.5);
        study.tell(0, new Outcome.Complete(0.4));
        study.next();

        assertThat(study.report(1, 1, 0.6)).isEqualTo(Decision.STOP);
        assertThat(study.history().finished())
                .extracting(trial -> trial.outcome().orElseThrow())
                .containsExactly(new Outcome.Complete(0.4), new Outcome.Pruned(1, 0.6));
        assertThat(heard).isEqualTo(study.history().finished());
        assertThatThrownBy(() -> study.tell(1, new Outcome.Complete(1)))
                .hasMessageContaining("it ended already with Pruned[step=1, value=0.6");
    }

    @Test
    void aTrialThatReportsNaNHasFailed() throws InterruptedException {
        Study study = Study.open(DEFINITION, storage, new NoisySampler(), clock);
        study.next();
        study.report(0, 1, 0.5);

        assertThat(study.report(0, 2, Double.NaN)).isEqualTo(Decision.STOP);
        assertThat(study.history().finished().get(0).outcome())
                .hasValue(new Outcome.Failed("its value at step 2 is NaN"));
        assertThat(study.history().finished().get(0).reports()).isEqualTo(new TreeMap<>(Map.of(1, 0.5, 2, Double.NaN)));
    }

    /** Nothing is left to save. */
    @Test
    void nothingIsStoppedAtTheLastStep() throws InterruptedException {
        Study study = open(DEFINITION);
        study.next();
        study.next();
        study.report(0, 4, 0.1);

        assertThat(study.report(1, 4, 0.9)).isEqualTo(Decision.GO_ON);
    }

    @Test
    void reportsGoForward() throws InterruptedException {
        Study study = withTwoOfThreeAtTheFirstRung(DEFINITION);

        assertThatThrownBy(() -> study.report(0, 1, 0.5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot tell study 'fraud' that trial 0 reported step 1: "
                        + "it reported step 1 before, and goes on from there");
        assertThatThrownBy(() -> study.report(0, 5, 0.5)).hasMessageContaining("reported step 5: a full trial has 4");
        assertThatThrownBy(() -> study.report(1, 2, 0.5)).hasMessageContaining("no worker has it");
        assertThatThrownBy(() -> study.report(2, 1, 0.5)).hasMessageContaining("it was not asked for");
    }

    @Test
    void waitingTrialsArePrunedWhenNothingCanChangeAnyMore() throws InterruptedException {
        Study study = withTwoOfThreeAtTheFirstRung(DEFINITION.withBudget(Budget.ofTrials(2)));
        List<String> heard = new ArrayList<>();
        study.listen((trial, history) ->
                heard.add(trial.number() + " of " + history.finished().size()));
        assertThat(study.blocks()).isTrue();
        study.tell(0, new Outcome.Complete(0.4));
        assertThat(study.finished()).isFalse();

        assertThat(study.next()).isEmpty();
        assertThat(study.finished()).isTrue();
        assertThat(study.history().finished().get(1).outcome()).hasValue(new Outcome.Pruned(1, 0.7));
        assertThat(heard).containsExactly("0 of 1", "1 of 2");
    }

    /** One of two that wait gets the trial that may go on, and the other one hears when nothing is left. */
    @Test
    void whoAsksForWorkWaitsForTrialsThatMayLetOthersGoOn() throws InterruptedException, ExecutionException {
        Study study = withTwoOfThreeAtTheFirstRung(DEFINITION);
        study.next();
        study.report(2, 1, 0.9);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CompletionService<Optional<Trial>> waiters = new ExecutorCompletionService<>(threads);
            waiters.submit(study::next);
            waiters.submit(study::next);
            study.tell(0, new Outcome.Failed("out of memory"));
            assertThat(waiters.take().get()).map(Trial::number).hasValue(1);
            study.tell(1, new Outcome.Complete(0.6));

            assertThat(waiters.take().get()).isEmpty();
            assertThat(study.finished()).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whoAsksForWorkHearsWhenTheLastRunningTrialWaits() throws InterruptedException, ExecutionException {
        Study study = withTwoOfThreeAtTheFirstRung(DEFINITION);
        study.next();
        study.tell(0, new Outcome.Complete(0.4));
        ExecutorService waiter = Executors.newSingleThreadExecutor();
        try {
            Future<Optional<Trial>> next = waiter.submit(study::next);

            assertThat(study.report(2, 1, 0.9)).isEqualTo(Decision.WAIT);
            assertThat(next.get()).isEmpty();
            assertThat(study.finished()).isTrue();
        } finally {
            waiter.shutdownNow();
        }
    }

    @RepeatedTest(10)
    void manyThreadsRunAStudyToItsEnd() throws InterruptedException, ExecutionException {
        StudyDefinition sixty = DEFINITION.withBudget(Budget.ofTrials(60)).withFidelity(new Fidelity(16));
        Study study = open(sixty);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Void>> workers = Stream.generate(() -> threads.submit(() -> work(study, 16)))
                    .limit(8)
                    .toList();
            for (Future<Void> worker : workers) {
                worker.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(study.finished()).isTrue();
        assertThat(study.history().finished()).hasSize(60);
        assertThat(study.history().complete()).isNotEmpty();
        assertThat(Verification.of(sixty, new NoisySampler(), HALVING, storage.events()))
                .isEqualTo(new Verification(60, List.of()));
    }

    @Test
    void nothingIsPromotedAfterTheTimeLimit() throws InterruptedException {
        Study study = withTwoOfThreeAtTheFirstRung(
                DEFINITION.withBudget(Budget.ofTrials(3).within(Duration.ofMinutes(20))));
        study.tell(0, new Outcome.Failed("out of memory"));
        clock.advance(Duration.ofMinutes(20));

        assertThat(study.next()).isEmpty();
        assertThat(study.finished()).isTrue();
        assertThat(study.history().finished().get(1).outcome()).hasValue(new Outcome.Pruned(1, 0.7));
    }

    /** In the middle of it, trials that run go on, and those that wait do not. */
    @Test
    void nothingIsPromotedOnceARuleSaysStop() throws InterruptedException {
        Study study = withTwoOfThreeAtTheFirstRung(
                DEFINITION.withBudget(Budget.ofTrials(9).until(new StoppingRule.Target(0.4))));
        study.next();
        study.tell(0, new Outcome.Complete(0.3));
        assertThat(study.next()).isEmpty();
        assertThat(study.finished()).isFalse();
        assertThat(study.report(2, 1, 0.1)).isEqualTo(Decision.GO_ON);
        study.tell(2, new Outcome.Failed("out of memory"));

        assertThat(study.next()).isEmpty();
        assertThat(study.finished()).isTrue();
        assertThat(study.stopped()).hasValue("trial 0 has reached the target 0.4");
        assertThat(study.history().finished().get(1).outcome()).hasValue(new Outcome.Pruned(1, 0.7));
    }

    @Test
    void continuesWithWhatWasReportedWhereTheLastDriverStopped() throws InterruptedException {
        withTwoOfThreeAtTheFirstRung(DEFINITION);
        Study study = open(DEFINITION);
        Trial running = study.next().orElseThrow();

        assertThat(running.number()).isEqualTo(0);
        assertThat(running.reports()).isEqualTo(new TreeMap<>(Map.of(1, 0.5)));
        assertThat(study.nextStep(0)).isEqualTo(2);
        assertThat(study.next()).map(Trial::number).hasValue(2);
        assertThatThrownBy(() -> study.report(1, 2, 0.5)).hasMessageContaining("no worker has it");
        study.tell(0, new Outcome.Failed("out of memory"));
        assertThat(study.next()).map(Trial::number).hasValue(1);
    }

    @Test
    void aLostTrialKeepsItsReports() throws InterruptedException {
        Study study = open(DEFINITION);
        study.next();
        study.report(0, 1, 0.5);
        study.tell(0, new Outcome.Lost("executor 3 exited"));

        assertThat(study.next().orElseThrow().reports()).isEqualTo(new TreeMap<>(Map.of(1, 0.5)));
    }

    /** Otherwise a sampler would learn of hardly any trial before the end. */
    @Test
    void aSamplerTakesAWaitingTrialForPruned() throws InterruptedException {
        List<History> seen = new ArrayList<>();
        Sampler sampler = (problem, history, number) -> {
            seen.add(history);
            return Params.of(Map.of("x", number / 10.0));
        };
        Study study = Study.open(DEFINITION, storage, sampler, HALVING, clock);
        study.next();
        study.next();
        study.report(0, 1, 0.5);
        study.report(1, 1, 0.7);
        study.next();

        assertThat(seen.get(2).finished())
                .extracting(trial -> trial.outcome().orElseThrow())
                .containsExactly(new Outcome.Pruned(1, 0.7));
        assertThat(seen.get(2).pending()).extracting(Trial::number).containsExactly(0);
        assertThat(storage.events())
                .last()
                .isEqualTo(new StudyEvent.Asked(2, Params.of(Map.of("x", 0.2)), List.of(0), clock.instant()));
    }

    @Test
    void lockstepHasNoPrunerThatPauses() {
        assertThatThrownBy(() -> open(DEFINITION.withConcurrency(Concurrency.lockstep(2))))
                .isInstanceOf(StudyException.class)
                .hasMessage(
                        "Cannot prune study 'fraud' by AshaPruner[reductionFactor=2, minResource=1, fewest=1] in lockstep: "
                                + "which trials it promotes depends on the order in which they report. "
                                + "Take the median, patient or wilcoxon pruner, or run the study without lockstep");
        assertThat(storage.events()).isEmpty();
    }

    @Test
    void continuesOnlyWithTheSameSteps() {
        open(DEFINITION);

        assertThatThrownBy(() -> open(DEFINITION.withFidelity(new Fidelity(8))))
                .hasMessageContaining(
                        "It had [MINIMIZE, seed 7, free, 4 steps] where there is [MINIMIZE, seed 7, free, 8 steps] now");
    }

    @Test
    void refusesReportsThatDoNotFollow() throws InterruptedException {
        withTwoOfThreeAtTheFirstRung(DEFINITION);
        storage.append(new StudyEvent.Resumed(0, clock.instant()));

        assertThatThrownBy(() -> open(DEFINITION))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("trial 0 went on, but did not wait");
    }

    private static Void work(Study study, int steps) throws InterruptedException {
        Optional<Trial> trial = study.next();
        while (trial.isPresent()) {
            int number = trial.get().number();
            int step = study.nextStep(number);
            double value = trial.get().params().number("x") + 1.0 / step;
            Decision decision = study.report(number, step, value);
            if (decision == Decision.GO_ON && step == steps) {
                trial = study.tellAndNext(number, new Outcome.Complete(value));
            } else if (decision != Decision.GO_ON) {
                trial = study.next();
            }
        }
        return null;
    }

    /** Trial 0 runs, with 0.5 at step 1, and trial 1 waits, with 0.7. */
    private Study withTwoOfThreeAtTheFirstRung(StudyDefinition definition) throws InterruptedException {
        Study study = open(definition);
        study.next();
        study.next();
        study.report(0, 1, 0.5);
        study.report(1, 1, 0.7);
        return study;
    }

    private Study open(StudyDefinition definition) {
        return Study.open(definition, storage, new NoisySampler(), HALVING, clock);
    }
}

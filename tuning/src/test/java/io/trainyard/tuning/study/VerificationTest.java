package io.trainyard.tuning.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.pruner.AshaPruner;
import io.trainyard.tuning.pruner.HyperbandPruner;
import io.trainyard.tuning.pruner.MedianPruner;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {

    private static final StudyDefinition DEFINITION = new StudyDefinition(
                    "proof",
                    SearchSpace.of(FloatParameter.uniform("x", 0, 1)),
                    Direction.MINIMIZE,
                    3,
                    Budget.ofTrials(30))
            .withEnqueued(List.of(Params.of(Map.of("x", 0.5))));

    private static final StudyDefinition PRUNED = DEFINITION.withFidelity(new Fidelity(9));
    private static final Pruner HALVING = new AshaPruner(2, 1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void provesAStudyWhoseTrialsEndedInAnyOrder(long timing) throws InterruptedException {
        Verification verification = Verification.of(DEFINITION, new NoisySampler(), run(timing));

        assertThat(verification).isEqualTo(new Verification(30, List.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsAValueThatWasChanged(long timing) throws InterruptedException {
        List<StudyEvent> events = new ArrayList<>(run(timing));
        events.replaceAll(event -> event instanceof StudyEvent.Told told && told.number() == 5
                ? new StudyEvent.Told(5, new Outcome.Complete(-1), told.at())
                : event);
        Verification verification = Verification.of(DEFINITION, new NoisySampler(), events);

        assertThat(verification.deviations())
                .isNotEmpty()
                .allMatch(deviation -> deviation.number() > 5)
                .allMatch(Verification.Deviation.Suggested.class::isInstance);
    }

    static Stream<StudyDefinition> others() {
        return Stream.of(
                new StudyDefinition("proof", DEFINITION.space(), Direction.MINIMIZE, 4, Budget.ofTrials(30)),
                new StudyDefinition("proof", DEFINITION.space(), Direction.MAXIMIZE, 3, Budget.ofTrials(30)),
                DEFINITION.withEnqueued(List.of()),
                DEFINITION.withConcurrency(Concurrency.lockstep(2)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void refusesAnotherStudy(StudyDefinition other) throws InterruptedException {
        List<StudyEvent> events = run(1);

        assertThatThrownBy(() -> Verification.of(other, new NoisySampler(), events))
                .hasMessageContaining("it was begun as another study");
    }

    static Stream<Pruner> pruners() {
        return Stream.of(new AshaPruner(2, 1), new HyperbandPruner(), new MedianPruner(3, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("pruners")
    void provesAStudyWhoseTrialsWerePruned(Pruner pruner) throws InterruptedException {
        List<StudyEvent> events = prune(pruner);

        assertThat(events)
                .anyMatch(event -> event instanceof StudyEvent.Reported reported
                        && reported.decision() == (pruner.pauses() ? Decision.WAIT : Decision.STOP));
        assertThat(Verification.of(PRUNED, new NoisySampler(), pruner, events))
                .isEqualTo(new Verification(30, List.of()));
    }

    @ParameterizedTest
    @MethodSource("pruners")
    void findsAnotherPruner(Pruner pruner) throws InterruptedException {
        assertThat(Verification.of(PRUNED, new NoisySampler(), new AshaPruner(3, 1), prune(pruner))
                        .deviations())
                .hasAtLeastOneElementOfType(Verification.Deviation.Judged.class);
    }

    @Test
    void findsADecisionThatWasChanged() throws InterruptedException {
        List<StudyEvent> events = new ArrayList<>(prune(HALVING));
        StudyEvent.Reported last = lastThatWaits(events);
        events.set(
                events.indexOf(last),
                new StudyEvent.Reported(last.number(), last.step(), last.value(), Decision.GO_ON, last.at()));

        assertThat(Verification.of(PRUNED, new NoisySampler(), HALVING, events).deviations())
                .containsExactly(
                        new Verification.Deviation.Judged(last.number(), last.step(), Decision.GO_ON, Decision.WAIT));
    }

    @Test
    void findsAReportThatWasChanged() throws InterruptedException {
        List<StudyEvent> events = new ArrayList<>(prune(HALVING));
        StudyEvent.Reported last = lastThatWaits(events);
        events.replaceAll(event -> event instanceof StudyEvent.Told told && told.number() == last.number()
                ? new StudyEvent.Told(told.number(), new Outcome.Pruned(last.step(), -1), told.at())
                : event);
        events.set(
                events.indexOf(last),
                new StudyEvent.Reported(last.number(), last.step(), -1, Decision.WAIT, last.at()));

        assertThat(Verification.of(PRUNED, new NoisySampler(), HALVING, events).deviations())
                .contains(new Verification.Deviation.Judged(last.number(), last.step(), Decision.WAIT, Decision.GO_ON));
    }

    /** The report says another value than the end. */
    @Test
    void findsAReportThatWasChangedAlone() throws InterruptedException {
        List<StudyEvent> events = new ArrayList<>(prune(HALVING));
        StudyEvent.Reported last = lastThatWaits(events);
        events.set(
                events.indexOf(last),
                new StudyEvent.Reported(last.number(), last.step(), 99, last.decision(), last.at()));

        assertThatThrownBy(() -> Verification.of(PRUNED, new NoisySampler(), HALVING, events))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("trial %d ended with Pruned".formatted(last.number()))
                .hasMessageContaining("but waited");
    }

    @Test
    void findsATrialThatWasPromotedTooEarly() throws InterruptedException {
        List<StudyEvent> events = new ArrayList<>(prune(HALVING));
        StudyEvent.Reported first = (StudyEvent.Reported) events.stream()
                .filter(event -> event instanceof StudyEvent.Reported reported && reported.decision() == Decision.WAIT)
                .findFirst()
                .orElseThrow();
        List<StudyEvent> until = new ArrayList<>(events.subList(0, events.indexOf(first) + 1));
        until.add(new StudyEvent.Resumed(first.number(), first.at()));

        assertThat(Verification.of(PRUNED, new NoisySampler(), HALVING, until).deviations())
                .containsExactly(
                        new Verification.Deviation.Judged(first.number(), first.step(), Decision.GO_ON, Decision.WAIT));
    }

    private static List<StudyEvent> prune(Pruner pruner) throws InterruptedException {
        StudyStorage storage = new MemoryStorage();
        Study study = Study.open(PRUNED, storage, new NoisySampler(), pruner, Clock.systemUTC());
        new VirtualWorkers(5).run(study, PRUNED.fidelity().steps(), (params, step) -> params.number("x") + 1.0 / step);
        return storage.events();
    }

    /** So that nothing after it depends on it. */
    private static StudyEvent.Reported lastThatWaits(List<StudyEvent> events) {
        return (StudyEvent.Reported) events.stream()
                .filter(StudyEvent.Reported.class::isInstance)
                .filter(event -> ((StudyEvent.Reported) event).decision() == Decision.WAIT)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** Up to five trials at once, ending in random order. */
    private static List<StudyEvent> run(long timing) throws InterruptedException {
        StudyStorage storage = new MemoryStorage();
        Study study = Study.open(DEFINITION, storage, new NoisySampler(), Clock.systemUTC());
        Random random = new Random(timing);
        List<Trial> running = new ArrayList<>();
        while (!study.finished()) {
            if (running.size() < 5 && random.nextBoolean()) {
                study.next().ifPresent(running::add);
            } else if (!running.isEmpty()) {
                Trial trial = running.remove(random.nextInt(running.size()));
                study.tell(trial.number(), new Outcome.Complete(trial.params().number("x")));
            }
        }
        return storage.events();
    }
}

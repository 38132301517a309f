package io.trainyard.tuning.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
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

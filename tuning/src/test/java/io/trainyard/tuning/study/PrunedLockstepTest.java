package io.trainyard.tuning.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.pruner.MedianPruner;
import io.trainyard.tuning.pruner.PatientPruner;
import io.trainyard.tuning.pruner.WilcoxonPruner;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the timing, a study in lockstep prunes the same trials at the same steps. */
@Timeout(30)
class PrunedLockstepTest {

    private static final int WORKERS = 4;
    private static final int STEPS = 6;
    private static final StudyDefinition DEFINITION = new StudyDefinition(
                    "steps",
                    SearchSpace.of(FloatParameter.uniform("x", 0, 1), FloatParameter.uniform("noise", 0, 1)),
                    Direction.MINIMIZE,
                    11,
                    Budget.ofTrials(40))
            .withFidelity(new Fidelity(STEPS))
            .withConcurrency(Concurrency.lockstep(WORKERS));

    /** What must not depend on timing. */
    private record Course(Params params, SortedMap<Integer, Double> reports, Outcome outcome) {}

    static Stream<Arguments> prunersAndTimings() {
        return Stream.of(
                        new MedianPruner(3, 0, 1),
                        new PatientPruner(new MedianPruner(3, 0, 1), 1, 0),
                        new WilcoxonPruner())
                .flatMap(pruner -> LongStream.rangeClosed(1, 4).mapToObj(timing -> Arguments.of(pruner, timing)));
    }

    @ParameterizedTest
    @MethodSource("prunersAndTimings")
    void anyOrderOfReportsGivesTheSameStudy(Pruner pruner, long timing) throws InterruptedException {
        StudyStorage storage = new MemoryStorage();
        run(open(storage, pruner), new Random(timing), Integer.MAX_VALUE);
        StudyStorage other = new MemoryStorage();
        run(open(other, pruner), new Random(timing + 100), Integer.MAX_VALUE);

        assertThat(courses(storage)).hasSize(40).isEqualTo(courses(other));
        assertThat(courses(storage)).anyMatch(course -> course.outcome() instanceof Outcome.Pruned);
        assertThat(Verification.of(DEFINITION, new NoisySampler(), pruner, storage.events()))
                .isEqualTo(new Verification(40, List.of()));
    }

    /** Every driver dies after a few reports, with trials on their way. */
    @ParameterizedTest
    @MethodSource("prunersAndTimings")
    void driversThatDieChangeNothing(Pruner pruner, long timing) throws InterruptedException {
        StudyStorage uninterrupted = new MemoryStorage();
        run(open(uninterrupted, pruner), new Random(timing), Integer.MAX_VALUE);
        StudyStorage storage = new MemoryStorage();
        Random random = new Random(timing);
        Study study = open(storage, pruner);
        while (!study.finished()) {
            study = open(storage, pruner);
            run(study, random, 1 + random.nextInt(20));
        }

        assertThat(courses(storage)).isEqualTo(courses(uninterrupted));
    }

    /** So many reports, each of a random one of the running trials. */
    private static void run(Study study, Random random, int reports) throws InterruptedException {
        List<Trial> running = new ArrayList<>();
        for (int reported = 0; reported < reports; reported++) {
            ask(study, running);
            if (running.isEmpty()) {
                return;
            }
            Trial trial = running.remove(random.nextInt(running.size()));
            int step = study.nextStep(trial.number());
            double value = value(trial.params(), step);
            Decision decision = study.report(trial.number(), step, value);
            if (step == STEPS) {
                study.tell(trial.number(), new Outcome.Complete(value));
            } else if (decision == Decision.GO_ON) {
                running.add(trial.reporting(step, value));
            }
        }
    }

    private static void ask(Study study, List<Trial> running) throws InterruptedException {
        while (running.size() < WORKERS && !study.blocks()) {
            Optional<Trial> next = study.next();
            if (next.isEmpty()) {
                return;
            }
            running.add(next.get());
        }
    }

    private static Study open(StudyStorage storage, Pruner pruner) {
        return Study.open(DEFINITION, storage, new NoisySampler(), pruner, Clock.systemUTC());
    }

    private static double value(Params params, int step) {
        return params.number("x") + 0.3 * StrictMath.sin(20 * step * params.number("noise"));
    }

    private static List<Course> courses(StudyStorage storage) {
        return History.replay(storage.events()).finished().stream()
                .map(trial -> new Course(
                        trial.params(), trial.reports(), trial.outcome().orElseThrow()))
                .toList();
    }
}

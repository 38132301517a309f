package io.trainyard.tuning.pruner;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Pruner;
import io.trainyard.tuning.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every pruner promises. */
abstract class PrunerContract {

    private static final int STEPS = 27;
    private static final int TRIALS = 40;
    private static final Problem MINIMIZED = Histories.problem(Direction.MINIMIZE, STEPS);
    private static final Problem MAXIMIZED = Histories.problem(Direction.MAXIMIZE, STEPS);

    /** What a pruner is to take for the number that it is. */
    private static final double[] EXTREMES = {
        Double.NEGATIVE_INFINITY, -Double.MAX_VALUE, -0.0, 0.0, Double.MIN_VALUE, Double.POSITIVE_INFINITY
    };

    abstract Pruner pruner();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theSameArgumentsGiveTheSameDecision(long seed) {
        assertThat(decisions(MINIMIZED, seed, 1)).isEqualTo(decisions(MINIMIZED, seed, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void largeIsToMaximizingWhatSmallIsToMinimizing(long seed) {
        assertThat(decisions(MAXIMIZED, seed, -1)).isEqualTo(decisions(MINIMIZED, seed, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void pausesTrialsOnlyIfItSaysSo(long seed) {
        assertThat(decisions(MINIMIZED, seed, 1).contains(Decision.WAIT)).isEqualTo(pruner().pauses());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theBestOfAllAlwaysGoesOn(long seed) {
        Random random = new Random(seed);
        History history = history(random, random::nextDouble);
        for (Trial best : atEveryDecision(TRIALS, step -> -1 + step / 100.0)) {
            assertThat(pruner().decide(MINIMIZED, best, history)).isEqualTo(Decision.GO_ON);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theBestStaysTheBestAmongInfinities(long seed) {
        Random random = new Random(seed);
        History history = history(random, () -> EXTREMES[1 + random.nextInt(EXTREMES.length - 1)]);
        for (Trial best : atEveryDecision(TRIALS, step -> Double.NEGATIVE_INFINITY)) {
            assertThat(pruner().decide(MINIMIZED, best, history)).isEqualTo(Decision.GO_ON);
        }
    }

    /** What reported NaN has failed, and stands in the way of none. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void goesOnAmongTrialsThatReportedNaN(long seed) {
        Random random = new Random(seed);
        List<Trial> diverged = IntStream.range(0, TRIALS)
                .mapToObj(number -> Histories.ended(
                        number,
                        new Outcome.Failed("its value is NaN"),
                        Histories.values(1 + random.nextInt(STEPS), () -> Double.NaN)))
                .toList();
        for (Trial trial : atEveryDecision(TRIALS, step -> random.nextDouble())) {
            assertThat(pruner().decide(MINIMIZED, trial, new History(diverged, List.of())))
                    .isEqualTo(Decision.GO_ON);
        }
    }

    @Test
    void theFirstTrialGoesOn() {
        for (Trial trial : atEveryDecision(0, step -> Double.POSITIVE_INFINITY)) {
            assertThat(pruner().decide(MINIMIZED, trial, History.empty())).isEqualTo(Decision.GO_ON);
        }
    }

    @Test
    void aTrialGoesOnWhereAllOthersFailed() {
        List<Trial> failed = IntStream.range(0, TRIALS)
                .mapToObj(number -> Histories.ended(
                        number,
                        new Outcome.Failed("out of memory"),
                        Histories.values(number % STEPS, () -> number / 100.0)))
                .toList();
        for (Trial trial : atEveryDecision(TRIALS, step -> (double) step)) {
            assertThat(pruner().decide(MINIMIZED, trial, new History(failed, List.of())))
                    .isEqualTo(Decision.GO_ON);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 10, 27, 1000, Integer.MAX_VALUE})
    void everyNextStepIsFartherUpToTheLast(int steps) {
        Problem problem = Histories.problem(Direction.MINIMIZE, steps);
        for (int number = 0; number < TRIALS; number++) {
            Trial trial = Histories.pending(number);
            for (int decided = 0; decided < 50 && trial.step() < steps; decided++) {
                int next = pruner().nextStep(problem, trial);
                assertThat(next).isGreaterThan(trial.step()).isLessThanOrEqualTo(steps);
                trial = trial.reporting(next, 0.5);
            }
        }
    }

    @Test
    void aTrialOfOneStepRunsToItsEnd() {
        assertThat(pruner().nextStep(Histories.problem(Direction.MINIMIZE, 1), Histories.pending(3)))
                .isEqualTo(1);
    }

    /** Decisions on a trial at every step at which it is asked for one, in many histories. */
    private List<Decision> decisions(Problem problem, long seed, int sign) {
        Random random = new Random(seed);
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            History history = history(random, () -> sign * random.nextGaussian());
            for (Trial trial : atEveryDecision(TRIALS + i, step -> sign * (step + random.nextGaussian()))) {
                decisions.add(pruner().decide(problem, trial, history));
            }
        }
        return decisions;
    }

    private static History history(Random random, DoubleSupplier values) {
        return Histories.random(random, STEPS, TRIALS, values);
    }

    private interface Curve {
        double at(int step);
    }

    /** A trial as it is at every step at which the pruner decides. */
    private List<Trial> atEveryDecision(int number, Curve curve) {
        List<Trial> states = new ArrayList<>();
        SortedMap<Integer, Double> reports = new TreeMap<>();
        int step = pruner().nextStep(MINIMIZED, Histories.pending(number));
        while (step < STEPS) {
            reports.put(step, curve.at(step));
            Trial trial = Histories.pending(number, reports);
            states.add(trial);
            step = pruner().nextStep(MINIMIZED, trial);
        }
        return states;
    }
}

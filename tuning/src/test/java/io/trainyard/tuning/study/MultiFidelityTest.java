package io.trainyard.tuning.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.pruner.AshaPruner;
import io.trainyard.tuning.pruner.HyperbandPruner;
import io.trainyard.tuning.sampler.RandomSampler;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.time.Clock;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pruning saves, and what it must not lose: held against running all of the same configurations to their end. */
class MultiFidelityTest {

    private static final int STEPS = 64;
    private static final int TRIALS = 200;
    private static final VirtualWorkers WORKERS = new VirtualWorkers(8);

    /** The curves of learning: final + gap · t^-decay. Whoever begins well need not end well. */
    private static final SearchSpace CROSSING = SearchSpace.of(
            FloatParameter.uniform("x", -1, 1),
            FloatParameter.uniform("y", -1, 1),
            FloatParameter.uniform("gap", 0.05, 0.2),
            FloatParameter.uniform("decay", 0.3, 1.2));

    /** Small learning rates end best, and take the most rounds to get there. */
    private static final SearchSpace BOOSTING =
            SearchSpace.of(FloatParameter.log("rate", 0.01, 0.3), FloatParameter.uniform("x", -1, 1));

    private record Result(double best, long cost, History history) {}

    static Stream<Arguments> pruners() {
        return Stream.of(new AshaPruner(), new HyperbandPruner())
                .flatMap(pruner -> LongStream.rangeClosed(1, 6).mapToObj(seed -> Arguments.of(pruner, seed)));
    }

    @ParameterizedTest
    @MethodSource("pruners")
    void findsTheBestOfCrossingCurvesForAQuarterOfTheCost(Pruner pruner, long seed) throws InterruptedException {
        Result full = run(CROSSING, new NoPruner(), seed, MultiFidelityTest::crossing);
        Result pruned = run(CROSSING, pruner, seed, MultiFidelityTest::crossing);

        assertThat(full.cost()).isEqualTo((long) STEPS * TRIALS);
        assertThat(pruned.cost()).isLessThanOrEqualTo(full.cost() / 4);
        assertThat(pruned.best()).isBetween(full.best(), full.best() * 1.01);
    }

    /** Where they did not, there would be nothing to lose. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void curvesCross(long seed) throws InterruptedException {
        List<Params> points =
                run(CROSSING, new NoPruner(), seed, MultiFidelityTest::crossing).history().complete().stream()
                        .map(Trial::params)
                        .toList();
        long crossing = points.stream()
                .flatMap(one -> points.stream()
                        .filter(other ->
                                crossing(one, 1) < crossing(other, 1) && crossing(one, STEPS) > crossing(other, STEPS)))
                .count();

        assertThat(crossing).isGreaterThan(TRIALS * (TRIALS - 1) / 2 / 8);
    }

    @ParameterizedTest
    @MethodSource("pruners")
    void doesNotLoseSmallLearningRates(Pruner pruner, long seed) throws InterruptedException {
        Result full = run(BOOSTING, new NoPruner(), seed, MultiFidelityTest::byProgress);
        Result pruned = run(BOOSTING, pruner, seed, MultiFidelityTest::byProgress);

        assertThat(pruned.cost()).isLessThanOrEqualTo(full.cost() / 4);
        assertThat(pruned.best()).isBetween(full.best(), full.best() * 1.01);
    }

    /** Which is why a step is a share of a trial's own progress. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void atEqualRoundsSmallLearningRatesWouldBeLost(long seed) throws InterruptedException {
        Result full = run(BOOSTING, new NoPruner(), seed, MultiFidelityTest::byRounds);
        Result pruned = run(BOOSTING, new AshaPruner(), seed, MultiFidelityTest::byRounds);

        assertThat(pruned.best()).isGreaterThan(full.best() * 1.01);
    }

    /** Whoever asks about every trial that waits hears nothing else. */
    @ParameterizedTest
    @MethodSource("pruners")
    void linesOfWaitingTrialsChangeNothing(Pruner pruner, long seed) throws InterruptedException {
        Result inLines = run(CROSSING, pruner, seed, MultiFidelityTest::crossing);
        Result oneByOne = run(CROSSING, new WithoutLines(pruner), seed, MultiFidelityTest::crossing);

        assertThat(reports(inLines)).isEqualTo(reports(oneByOne));
    }

    private record WithoutLines(Pruner asked) implements Pruner {
        @Override
        public Decision decide(Problem problem, Trial trial, History history) {
            return asked.decide(problem, trial, history);
        }

        @Override
        public int nextStep(Problem problem, Trial trial) {
            return asked.nextStep(problem, trial);
        }

        @Override
        public boolean pauses() {
            return asked.pauses();
        }
    }

    private static List<String> reports(Result result) {
        return result.history().finished().stream()
                .map(trial -> trial.number() + " " + trial.reports() + " " + trial.outcome())
                .toList();
    }

    private static Result run(SearchSpace space, Pruner pruner, long seed, VirtualWorkers.Curve curve)
            throws InterruptedException {
        StudyDefinition definition = definition(space, seed);
        StudyStorage storage = new MemoryStorage();
        Study study = Study.open(definition, storage, new RandomSampler(), pruner, Clock.systemUTC());
        long cost = WORKERS.run(study, STEPS, curve);
        assertThat(study.finished()).isTrue();
        assertThat(Verification.of(definition, new RandomSampler(), pruner, storage.events()))
                .isEqualTo(new Verification(TRIALS, List.of()));
        return new Result(study.best().orElseThrow().value().orElseThrow(), cost, study.history());
    }

    private static StudyDefinition definition(SearchSpace space, long seed) {
        return new StudyDefinition("curves", space, Direction.MINIMIZE, seed, Budget.ofTrials(TRIALS))
                .withFidelity(new Fidelity(STEPS));
    }

    private static double crossing(Params params, int step) {
        double x = params.number("x");
        double y = params.number("y");
        return 0.2 + 0.15 * (x * x + y * y) + params.number("gap") * StrictMath.pow(step, -params.number("decay"));
    }

    /** Its rounds are a constant over its learning rate, and a step is a share of them. */
    private static double byProgress(Params params, int step) {
        double rate = params.number("rate");
        return boosted(params, 10.0 / rate * step / STEPS);
    }

    /** All have the rounds that the smallest learning rate needs. */
    private static double byRounds(Params params, int step) {
        return boosted(params, 10.0 / 0.01 * step / STEPS);
    }

    private static double boosted(Params params, double rounds) {
        double rate = params.number("rate");
        double x = params.number("x");
        return 0.2 + 0.5 * rate + 0.1 * x * x + 0.4 * StrictMath.exp(-rate * rounds);
    }
}

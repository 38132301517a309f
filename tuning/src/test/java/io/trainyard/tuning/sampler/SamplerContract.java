package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.Condition;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sampler promises. */
abstract class SamplerContract {

    static final SearchSpace FINITE = SearchSpace.of(
            CategoricalParameter.of("booster", "tree", "linear", "dart"),
            IntParameter.uniform("depth", 1, 4).when(new Condition("booster", Set.of("tree", "dart"))),
            new FloatParameter(
                    "drop", 0, 1, false, OptionalDouble.of(0.5), Optional.of(new Condition("booster", Set.of("dart")))),
            IntParameter.uniform("fixed", 7, 7));

    static final int FINITE_POINTS = 4 + 1 + 4 * 3;

    static final SearchSpace MIXED = SearchSpace.of(
            FloatParameter.uniform("x", -5, 10),
            FloatParameter.log("rate", 1e-6, 1),
            FloatParameter.uniform("fixed", 2, 2),
            new FloatParameter("share", 0.1, 0.9, false, OptionalDouble.of(0.1), Optional.empty()),
            new IntParameter("odd", 1, 9, false, 2, Optional.empty()),
            IntParameter.log("leaves", 2, 500),
            CategoricalParameter.of("booster", "tree", "linear"),
            FloatParameter.log("shrink", 0.01, 1).when(new Condition("booster", Set.of("linear"))),
            CategoricalParameter.of("grow", "depth", "loss").when(new Condition("booster", Set.of("tree"))),
            IntParameter.uniform("width", 1, 64).when(new Condition("grow", Set.of("loss"))));

    abstract Sampler sampler();

    /** A space that this sampler can search: a grid cannot search a continuous one. */
    SearchSpace space() {
        return MIXED;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void suggestsPointsOfTheSpace(long seed) {
        for (Trial trial : run(space(), seed, 60)) {
            space().check(trial.params());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theSameArgumentsGiveTheSamePoint(long seed) {
        assertThat(points(run(space(), seed, 40))).isEqualTo(points(run(space(), seed, 40)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void visitsEveryPointOfAFiniteSpaceOnce(long seed) {
        assertThat(points(run(FINITE, seed, FINITE_POINTS)))
                .doesNotHaveDuplicates()
                .hasSize(FINITE_POINTS);
    }

    @Test
    void pendingPointsAreNotSuggestedAgain() {
        List<Trial> pending = new ArrayList<>();
        for (int number = 0; number < FINITE_POINTS; number++) {
            History history = new History(List.of(), pending);
            pending.add(pending(
                    number, sampler().suggest(new Problem(FINITE, Direction.MINIMIZE, 4), history, number)));
        }

        assertThat(new HashSet<>(points(pending))).hasSize(FINITE_POINTS);
    }

    @Test
    void suggestsSomethingWhereEverythingWasTried() {
        List<Trial> trials = run(FINITE, 1, FINITE_POINTS);

        FINITE.check(sampler()
                .suggest(new Problem(FINITE, Direction.MINIMIZE, 1), new History(trials, List.of()), FINITE_POINTS));
    }

    static Stream<Arguments> extremeSpaces() {
        Stream<Arguments> spaces = Stream.of(
                Arguments.of(
                        "one point",
                        SearchSpace.of(IntParameter.uniform("x", 7, 7), CategoricalParameter.of("c", "a"))),
                Arguments.of("huge log range", SearchSpace.of(FloatParameter.log("x", 1e-300, 1e300))),
                Arguments.of("tiny log range", SearchSpace.of(FloatParameter.log("x", 1, 1 + 1e-9))),
                Arguments.of("tiny range", SearchSpace.of(FloatParameter.uniform("x", 1e6, 1e6 + 0.125))),
                Arguments.of("huge whole numbers", SearchSpace.of(IntParameter.log("x", 1, 1L << 52))),
                Arguments.of("50 categories", SearchSpace.of(words("c", 50, false), words("d", 50, true))),
                Arguments.of("100 parameters", manyParameters(100)),
                Arguments.of(
                        "a constraint",
                        SearchSpace.of(IntParameter.uniform("a", 1, 40), IntParameter.uniform("b", 1, 40))
                                .where("a + b <= 12 and a != b")));
        return spaces;
    }

    /** A grid searches only those of them that are finite. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("extremeSpaces")
    void searchesExtremeSpaces(String name, SearchSpace extreme) {
        assumeTrue(searches(extreme));

        for (Trial trial : run(extreme, 5, 30)) {
            extreme.check(trial.params());
        }
    }

    boolean searches(SearchSpace space) {
        return true;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void goesOnWhereEveryTrialFailed(long seed) {
        for (Trial trial : run(space(), seed, 25, number -> new Outcome.Failed("out of memory"))) {
            space().check(trial.params());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e308, -1e308, 0, 1e-300})
    void goesOnWhereValuesAreExtreme(double extreme) {
        List<Trial> trials =
                run(space(), 6, 30, number -> new Outcome.Complete(number % 3 == 0 ? extreme : number * 0.25));

        trials.forEach(trial -> space().check(trial.params()));
        run(space(), 7, 30, number -> new Outcome.Complete(extreme)).forEach(trial -> space().check(trial.params()));
    }

    private static CategoricalParameter words(String name, int count, boolean ordered) {
        List<String> choices = IntStream.range(0, count).mapToObj(i -> "w" + i).toList();
        return new CategoricalParameter(name, choices, ordered, Optional.empty());
    }

    private static SearchSpace manyParameters(int count) {
        return new SearchSpace(IntStream.range(0, count)
                .<Parameter>mapToObj(
                        i -> i % 2 == 0 ? FloatParameter.uniform("x" + i, 0, 1) : IntParameter.uniform("x" + i, 0, 3))
                .toList());
    }

    /** A study whose trials end in every possible way. */
    List<Trial> run(SearchSpace space, long seed, int trials) {
        return run(space, seed, trials, (number, params) -> outcome(number, params));
    }

    private List<Trial> run(SearchSpace space, long seed, int trials, IntFunction<Outcome> outcomes) {
        return run(space, seed, trials, (number, params) -> outcomes.apply(number));
    }

    private List<Trial> run(SearchSpace space, long seed, int trials, BiFunction<Integer, Params, Outcome> outcomes) {
        List<Trial> finished = new ArrayList<>();
        for (int number = 0; number < trials; number++) {
            History history = new History(finished, List.of());
            Params params = sampler().suggest(new Problem(space, Direction.MAXIMIZE, seed), history, number);
            finished.add(finished(number, params, outcomes.apply(number, params)));
        }
        return finished;
    }

    static List<Params> points(List<Trial> trials) {
        return trials.stream().map(Trial::params).toList();
    }

    static Trial pending(int number, Params params) {
        return new Trial(number, params, Optional.empty(), Instant.EPOCH, Optional.empty());
    }

    static Trial finished(int number, Params params, Outcome outcome) {
        return new Trial(number, params, Optional.of(outcome), Instant.EPOCH, Optional.of(Instant.EPOCH));
    }

    private static Outcome outcome(int number, Params params) {
        if (number % 7 == 3) {
            return new Outcome.Failed("out of memory");
        }
        double value = params.text().hashCode() % 1000;
        return number % 5 == 2 ? new Outcome.Pruned(number % 3, value) : new Outcome.Complete(value);
    }
}

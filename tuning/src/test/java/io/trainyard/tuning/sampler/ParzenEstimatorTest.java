package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParzenEstimatorTest {

    private static final FloatParameter X = FloatParameter.uniform("x", -5, 10);
    private static final FloatParameter RATE = FloatParameter.log("rate", 0.001, 1);
    private static final IntParameter DEPTH = IntParameter.uniform("depth", 1, 12);

    private static final SearchSpace MIXED = SearchSpace.of(
            X,
            RATE,
            new FloatParameter("share", 0, 1, false, OptionalDouble.of(0.25), Optional.empty()),
            DEPTH,
            IntParameter.log("leaves", 2, 500),
            CategoricalParameter.of("kind", "a", "b", "c"));

    private static final Params MIDDLE =
            Params.of(Map.of("x", 0.5, "rate", 0.02, "share", 0.5, "depth", 4L, "leaves", 31L, "kind", "b"));
    private static final Params CORNER =
            Params.of(Map.of("x", -4.9, "rate", 0.9, "share", 0.0, "depth", 12L, "leaves", 2L, "kind", "c"));

    /** The figures are what Optuna 5.0.0's estimator gives for the same observations. */
    @ParameterizedTest
    @CsvSource({
        "0, -14.857226883358218, -12.590177755490295",
        "1, -15.017844909852702, -12.763292025649491",
        "2, -14.947184766091766, -13.46571228302388",
        "6, -15.892589811360306, -14.535946687688194"
    })
    void agreesWithOptunaOnEveryKindOfParameter(int observations, double middle, double corner) {
        ParzenEstimator estimator = ParzenEstimator.fit(
                MIXED.parameters(),
                IntStream.range(0, observations)
                        .mapToObj(ParzenEstimatorTest::mixedPoint)
                        .toList(),
                1);

        assertThat(estimator.logDensity(MIDDLE)).isCloseTo(middle, within(1e-9));
        assertThat(estimator.logDensity(CORNER)).isCloseTo(corner, within(1e-9));
    }

    @Test
    void agreesWithOptunaWhereOldPointsFade() {
        List<Params> points = IntStream.range(0, 40)
                .mapToObj(i -> Params.of(Map.of(
                        "x", -5 + 15 * ((i * 7) % 41) / 41.0, "rate", 0.001 * Math.pow(10, 3 * ((i * 5) % 43) / 43.0))))
                .toList();
        ParzenEstimator estimator = ParzenEstimator.fit(List.of(X, RATE), points, 1);

        assertThat(estimator.logDensity(MIDDLE)).isCloseTo(-8.071527403378678, within(1e-9));
        assertThat(estimator.logDensity(CORNER)).isCloseTo(-8.315018847150611, within(1e-9));
    }

    @Test
    void stepsHaveProbabilitiesThatSumToOne() {
        ParzenEstimator estimator = ParzenEstimator.fit(
                List.of(DEPTH), List.of(Params.of(Map.of("depth", 3L)), Params.of(Map.of("depth", 3L))), 1);
        double sum = IntStream.rangeClosed(1, 12)
                .mapToDouble(depth -> Math.exp(estimator.logDensity(Params.of(Map.of("depth", (long) depth)))))
                .sum();

        assertThat(sum).isCloseTo(1, within(1e-12));
    }

    @Test
    void drawsFollowTheDensity() {
        ParzenEstimator estimator = ParzenEstimator.fit(
                List.of(DEPTH), List.of(Params.of(Map.of("depth", 3L)), Params.of(Map.of("depth", 9L))), 1);
        RandomGenerator random = RandomStream.of(5, 0, "test");
        int draws = 20_000;
        long nines = IntStream.range(0, draws)
                .filter(i -> estimator.draw(Params.empty(), random).integer("depth") == 9)
                .count();
        double expected = Math.exp(estimator.logDensity(Params.of(Map.of("depth", 9L))));

        assertThat((double) nines / draws).isCloseTo(expected, within(0.01));
    }

    @Test
    void drawsArePointsOfTheSpace() {
        ParzenEstimator estimator = ParzenEstimator.fit(MIXED.parameters(), List.of(MIDDLE, CORNER), 1);
        RandomGenerator random = RandomStream.of(6, 0, "test");

        assertThatCode(() -> IntStream.range(0, 2000).forEach(i -> MIXED.check(estimator.draw(Params.empty(), random))))
                .doesNotThrowAnyException();
    }

    private static Params mixedPoint(int i) {
        return Params.of(Map.of(
                "x",
                -5 + 15 * ((i * 7) % 11) / 11.0,
                "rate",
                0.001 * Math.pow(10, 3 * ((i * 5) % 13) / 13.0),
                "share",
                0.25 * ((i * 3) % 5),
                "depth",
                1L + (i * 5) % 12,
                "leaves",
                2L + (i * i * 37) % 499,
                "kind",
                List.of("a", "b", "c").get((i * 2) % 3)));
    }
}

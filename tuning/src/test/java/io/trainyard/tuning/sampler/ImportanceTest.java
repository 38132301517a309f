package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.Condition;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportanceTest {

    private static final SearchSpace SQUARE = SearchSpace.of(
            FloatParameter.uniform("major", 0, 1),
            FloatParameter.uniform("minor", 0, 1),
            FloatParameter.uniform("noise", 0, 1),
            CategoricalParameter.of("fixed", "always"));

    private static final SearchSpace MIXED = SearchSpace.of(
            FloatParameter.log("rate", 1e-3, 1),
            FloatParameter.uniform("share", 0, 1),
            IntParameter.uniform("depth", 2, 12),
            IntParameter.log("bins", 16, 512),
            new FloatParameter("step", 0, 2, false, OptionalDouble.of(0.25), Optional.empty()),
            CategoricalParameter.of("booster", "tree", "linear", "dart"),
            FloatParameter.uniform("drop", 0, 0.5).when(new Condition("booster", Set.of("dart"))),
            FloatParameter.uniform("noise", -1, 1));

    @Test
    void whatMattersTenTimesMoreComesFirstAndWhatDoesNotIsNearZero() {
        List<Importance> shares = importance(
                point -> Math.abs(point.number("major") - 0.4) + 0.1 * Math.abs(point.number("minor") - 0.4));

        assertThat(shares).extracting(Importance::parameter).startsWith("major").doesNotContain("fixed");
        assertThat(share(shares, "major")).isGreaterThan(0.85);
        assertThat(share(shares, "noise")).isLessThan(0.02);
        assertThat(shares.stream().mapToDouble(Importance::share).sum()).isEqualTo(1, offset(1e-12));
    }

    /**
     * Figures of {@code optuna.importance.PedAnovaImportanceEvaluator}, Optuna 5.0.0, on the same 200 trials, of which both take
     * the best 20.
     */
    @Test
    void isOptunasImportance() {
        List<Importance> shares = Importance.of(MIXED, List.of(Direction.MINIMIZE), weyl(200));
        Map<String, Double> optuna = Map.of(
                "rate", 0.7635969105938755,
                "booster", 0.17186603876355808,
                "drop", 0.03112363670546836,
                "share", 0.013152629508610295,
                "depth", 0.011216026376147305,
                "noise", 0.00432330157684725,
                "step", 0.003732507562438289,
                "bins", 0.0009889489130549942);

        assertThat(shares)
                .extracting(Importance::parameter)
                .containsExactly("rate", "booster", "drop", "share", "depth", "noise", "step", "bins");
        assertThat(shares)
                .allSatisfy(each -> assertThat(each.share()).isEqualTo(optuna.get(each.parameter()), offset(1e-9)));
    }

    @Test
    void doesNotDependOnTheOrderOfTrialsNorOnTheDirectionInWhichTheyAreTold() {
        List<Trial> trials = weyl(100);
        List<Trial> shuffled = new ArrayList<>(trials);
        Collections.shuffle(shuffled, new Random(1));
        List<Trial> negated = trials.stream()
                .map(trial -> trial(
                        trial.number(),
                        trial.params(),
                        new Outcome.Complete(-trial.value().getAsDouble())))
                .toList();
        List<Importance> shares = Importance.of(MIXED, List.of(Direction.MINIMIZE), trials);

        assertThat(Importance.of(MIXED, List.of(Direction.MINIMIZE), shuffled)).isEqualTo(shares);
        assertThat(Importance.of(MIXED, List.of(Direction.MAXIMIZE), negated)).isEqualTo(shares);
    }

    @Test
    void bySeveralMetricsWhatLeadsToTheFrontMatters() {
        List<Trial> trials = sobol(point -> new Outcome.Complete(
                List.of(point.number("major"), Math.abs(point.number("major") - 0.1) + 0.01 * point.number("minor")),
                new TreeMap<>()));
        List<Importance> shares = Importance.of(SQUARE, List.of(Direction.MINIMIZE, Direction.MINIMIZE), trials);

        assertThat(shares.get(0).parameter()).isEqualTo("major");
        assertThat(share(shares, "noise")).isLessThan(0.1);
    }

    @Test
    void isEmptyWhereTrialsSayNothing() {
        assertThat(Importance.of(MIXED, List.of(Direction.MINIMIZE), weyl(9))).isEmpty();
        assertThat(Importance.of(MIXED, List.of(Direction.MINIMIZE), weyl(10))).isNotEmpty();
        assertThat(importance(point -> 0.5)).as("all are equal").isEmpty();
        assertThat(importance(point -> Double.POSITIVE_INFINITY))
                .as("none is finite")
                .isEmpty();
    }

    private static List<Importance> importance(ToDoubleFunction<Params> loss) {
        return Importance.of(
                SQUARE, List.of(Direction.MINIMIZE), sobol(point -> new Outcome.Complete(loss.applyAsDouble(point))));
    }

    private static double share(List<Importance> shares, String parameter) {
        return shares.stream()
                .filter(each -> each.parameter().equals(parameter))
                .findFirst()
                .orElseThrow()
                .share();
    }

    /** 200 trials that cover the square evenly. */
    private static List<Trial> sobol(Function<Params, Outcome> outcome) {
        Problem problem = new Problem(SQUARE, Direction.MINIMIZE, 1);
        return IntStream.range(0, 200)
                .mapToObj(number -> {
                    Params point = new SobolSampler().suggest(problem, History.empty(), number);
                    return trial(number, point, outcome.apply(point));
                })
                .toList();
    }

    /** Trials of {@link #MIXED} by a formula, the same in any language: multiples of square roots, without their whole part. */
    private static List<Trial> weyl(int trials) {
        return IntStream.range(0, trials)
                .mapToObj(number -> {
                    Params point = weylPoint(number + 1);
                    return trial(number, point, new Outcome.Complete(loss(point)));
                })
                .toList();
    }

    private static Params weylPoint(int multiple) {
        double[] quantiles = IntStream.of(2, 3, 5, 7, 11, 13, 17, 19)
                .mapToDouble(prime -> multiple * Math.sqrt(prime))
                .map(number -> number - Math.floor(number))
                .toArray();
        Params point = Params.of(Map.of(
                "rate",
                Math.pow(10, -3 + 3 * quantiles[0]),
                "share",
                quantiles[1],
                "depth",
                2 + (long) (11 * quantiles[2]),
                "bins",
                (long) (16 * Math.pow(32, quantiles[3])),
                "step",
                0.25 * (long) (9 * quantiles[4]),
                "booster",
                List.of("tree", "linear", "dart").get((int) (3 * quantiles[5])),
                "noise",
                2 * quantiles[7] - 1));
        return point.text("booster").equals("dart") ? point.with("drop", 0.5 * quantiles[6]) : point;
    }

    private static double loss(Params point) {
        double byBooster = switch (point.text("booster")) {
            case "tree" -> 0;
            case "linear" -> 0.4;
            default -> 0.1 + 2 * Math.abs(point.number("drop") - 0.1);
        };
        return Math.pow(Math.log10(point.number("rate")) + 1.3, 2)
                + 0.5 * Math.pow(point.number("share") - 0.7, 2)
                + 0.02 * Math.abs(point.number("depth") - 6)
                + 0.01 * Math.pow(Math.log(point.number("bins") / 64), 2)
                + 0.1 * Math.abs(point.number("step") - 0.5)
                + byBooster;
    }

    private static Trial trial(int number, Params point, Outcome outcome) {
        return new Trial(number, point, Optional.of(outcome), Instant.EPOCH, Optional.of(Instant.EPOCH));
    }
}

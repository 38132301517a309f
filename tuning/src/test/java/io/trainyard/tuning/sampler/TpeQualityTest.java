package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.Condition;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.MemoryStorage;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.StudyDefinition;
import io.trainyard.tuning.study.Trial;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Median regret after 100 trials, over 21 seeds. Optuna 5.0.0's TPE has 0.019 on Branin, 5.3 on the sphere and 1,021 on
 * Rosenbrock's function; random search 0.38, 33 and 20,090. The bounds leave room for the seeds, not for a worse sampler.
 */
class TpeQualityTest {

    private static final int TRIALS = 100;
    private static final int SEEDS = 21;

    @Test
    void branin() throws InterruptedException {
        SearchSpace space = SearchSpace.of(FloatParameter.uniform("x", -5, 10), FloatParameter.uniform("y", 0, 15));

        assertThat(medianRegret(new TpeSampler(), space, TpeQualityTest::branin))
                .isLessThan(0.04);
    }

    @Test
    void sphereInTenDimensions() throws InterruptedException {
        ToDoubleFunction<Params> sphere = params -> IntStream.range(0, 10)
                .mapToDouble(i -> square(params.number("x" + i)))
                .sum();

        assertThat(medianRegret(new TpeSampler(), cube(), sphere)).isLessThan(7.5);
        assertThat(medianRegret(new RandomSampler(), cube(), sphere)).isGreaterThan(20);
    }

    @Test
    void rosenbrockInTenDimensions() throws InterruptedException {
        ToDoubleFunction<Params> rosenbrock = params -> IntStream.range(0, 9)
                .mapToDouble(i -> rosenbrock(params.number("x" + i), params.number("x" + (i + 1))))
                .sum();

        assertThat(medianRegret(new TpeSampler(), cube(), rosenbrock)).isLessThan(1800);
    }

    /** Each branch has a parameter of its own; the good branch is one of three. */
    @Test
    void conditions() throws InterruptedException {
        SearchSpace space = SearchSpace.of(
                CategoricalParameter.of("booster", "tree", "dart", "linear"),
                FloatParameter.uniform("rate", 0, 1).when(new Condition("booster", Set.of("tree", "dart"))),
                FloatParameter.uniform("drop", 0, 1).when(new Condition("booster", Set.of("dart"))),
                FloatParameter.uniform("shrink", 0, 1).when(new Condition("booster", Set.of("linear"))));
        ToDoubleFunction<Params> loss = params -> switch (params.text("booster")) {
            case "tree" -> 0.5 + square(params.number("rate") - 0.5);
            case "dart" -> square(params.number("rate") - 0.2) + square(params.number("drop") - 0.8);
            default -> 1 + square(params.number("shrink"));
        };

        double tpe = medianRegret(new TpeSampler(), space, loss);
        assertThat(tpe).isLessThan(medianRegret(new RandomSampler(), space, loss) / 3);
    }

    @Test
    void categoriesAndSteps() throws InterruptedException {
        List<String> words = List.of("a", "b", "c", "d", "e");
        SearchSpace space = new SearchSpace(IntStream.range(0, 8)
                .<Parameter>mapToObj(i -> i < 4
                        ? new CategoricalParameter("x" + i, words, false, Optional.empty())
                        : IntParameter.uniform("x" + i, 0, 20))
                .toList());
        ToDoubleFunction<Params> loss = params -> IntStream.range(0, 8)
                .mapToDouble(i -> i < 4
                        ? words.indexOf(params.text("x" + i)) == i ? 0 : 10
                        : Math.abs(params.integer("x" + i) - (3L * i - 6)))
                .sum();

        double tpe = medianRegret(new TpeSampler(), space, loss);
        assertThat(tpe).isLessThan(medianRegret(new RandomSampler(), space, loss) / 2);
    }

    private static double medianRegret(Sampler sampler, SearchSpace space, ToDoubleFunction<Params> loss)
            throws InterruptedException {
        double[] regrets = new double[SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            StudyDefinition definition =
                    new StudyDefinition("quality", space, Direction.MINIMIZE, seed, Budget.ofTrials(TRIALS));
            Study study = Study.open(definition, new MemoryStorage(), sampler, Clock.systemUTC());
            Optional<Trial> trial = study.next();
            while (trial.isPresent()) {
                double value = loss.applyAsDouble(trial.get().params());
                trial = study.tellAndNext(trial.get().number(), new Outcome.Complete(value));
            }
            regrets[seed] = study.best().orElseThrow().value().orElseThrow();
        }
        Arrays.sort(regrets);
        return regrets[SEEDS / 2];
    }

    private static SearchSpace cube() {
        return new SearchSpace(IntStream.range(0, 10)
                .<Parameter>mapToObj(i -> FloatParameter.uniform("x" + i, -5, 5))
                .toList());
    }

    private static double branin(Params params) {
        double x = params.number("x");
        double y = params.number("y");
        double parabola = y - 5.1 / (4 * square(Math.PI)) * square(x) + 5 / Math.PI * x - 6;
        return square(parabola) + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10 - 0.397887;
    }

    private static double rosenbrock(double x, double next) {
        return 100 * square(next - square(x)) + square(1 - x);
    }

    private static double square(double x) {
        return x * x;
    }
}

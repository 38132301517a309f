package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NsgaSamplerTest extends SamplerContract {

    private static final SearchSpace SQUARE =
            SearchSpace.of(FloatParameter.uniform("x", 0, 1), FloatParameter.uniform("y", 0, 1));

    @Override
    Sampler sampler() {
        return new NsgaSampler();
    }

    /** Both metrics are good only where y is 0; x trades one for the other. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void approachesTheWholeFront(long seed) {
        List<Trial> last = study(new NsgaSampler(), seed).subList(150, 200);

        assertThat(last.stream()
                        .mapToDouble(trial -> trial.params().number("y"))
                        .average()
                        .getAsDouble())
                .isLessThan(0.15);
        assertThat(last.stream()
                        .mapToDouble(trial -> trial.params().number("x"))
                        .min()
                        .getAsDouble())
                .isLessThan(0.15);
        assertThat(last.stream()
                        .mapToDouble(trial -> trial.params().number("x"))
                        .max()
                        .getAsDouble())
                .isGreaterThan(0.85);
    }

    @Test
    void frontsComeInOrderAndTheLonelyFirst() {
        double[][] losses = {{2, 2}, {0, 1}, {1, 0}, {0.4, 0.6}, {0.5, 0.5}, {3, 3}};

        int[] order = NonDominatedSort.order(losses);

        assertThat(order).startsWith(1, 2).endsWith(0, 5);
    }

    private static List<Trial> study(Sampler sampler, long seed) {
        Problem problem = new Problem(SQUARE, List.of(Direction.MINIMIZE, Direction.MAXIMIZE), seed);
        List<Trial> finished = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            Params params = sampler.suggest(problem, new History(finished, List.of()), number);
            double x = params.number("x");
            double y = params.number("y");
            finished.add(finished(
                    number, params, new Outcome.Complete(List.of(x + 2 * y, -(1 - x) - 2 * y), new TreeMap<>())));
        }
        return finished;
    }
}

package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Trial;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SobolSamplerTest extends SamplerContract {

    @Override
    Sampler sampler() {
        return new SobolSampler();
    }

    /** Of the first 2^k points, each of 2^k equal intervals of every parameter has one; a shift keeps that. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyIntervalHasItsPoint(long seed) {
        List<Trial> trials = run(cube(6), seed, 64);

        for (Parameter parameter : cube(6).parameters()) {
            assertThat(trials)
                    .extracting(trial -> (int) (trial.params().number(parameter.name()) * 64))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void seedsShiftThePoints() {
        assertThat(points(run(cube(2), 1, 16))).doesNotContainAnyElementsOf(points(run(cube(2), 2, 16)));
    }

    @Test
    void saysHowManyParametersItKnows() {
        assertThatThrownBy(() -> sampler().suggest(new Problem(cube(1001), Direction.MINIMIZE, 0), History.empty(), 0))
                .hasMessageContaining("Cannot search 1001 parameters")
                .hasMessageContaining("known up to 1000: choose the random sampler");
    }

    private static SearchSpace cube(int dimension) {
        return new SearchSpace(IntStream.range(0, dimension)
                .<Parameter>mapToObj(i -> FloatParameter.uniform("x" + i, 0, 1))
                .toList());
    }
}

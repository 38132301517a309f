package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoSamplerTest extends SamplerContract {

    private static final SearchSpace LINE = SearchSpace.of(FloatParameter.uniform("x", 0, 1));

    @Override
    Sampler sampler() {
        return new AutoSampler(60, 1);
    }

    @Test
    void choosesBySpaceBudgetAndParallelismAndSaysWhy() {
        SearchSpace small = SearchSpace.of(IntParameter.uniform("x", 1, 5), CategoricalParameter.of("c", "a", "b"));

        assertThat(choice(100, 2, LINE).name()).isEqualTo("gp");
        assertThat(choice(2000, 2, LINE).name()).isEqualTo("tpe");
        assertThat(choice(40, 20, LINE).name()).isEqualTo("sobol");
        assertThat(choice(10, 2, small).reason()).isEqualTo("10 trials cover all 10 points");
        assertThat(new AutoSampler(100, 2)
                        .choose(new Problem(LINE, List.of(Direction.MINIMIZE, Direction.MAXIMIZE), 1))
                        .name())
                .isEqualTo("nsga2");
    }

    private static AutoSampler.Choice choice(int trials, int parallelism, SearchSpace space) {
        return new AutoSampler(trials, parallelism).choose(new Problem(space, Direction.MINIMIZE, 1));
    }
}

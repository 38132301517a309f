package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.study.Sampler;
import org.junit.jupiter.api.Test;

class RandomSamplerTest extends SamplerContract {

    @Override
    Sampler sampler() {
        return new RandomSampler();
    }

    @Test
    void seedsDiffer() {
        assertThat(points(run(MIXED, 1, 10))).doesNotContainAnyElementsOf(points(run(MIXED, 2, 10)));
    }

    @Test
    void drawsCoverTheRange() {
        assertThat(run(MIXED, 1, 400))
                .extracting(trial -> trial.params().number("x"))
                .anyMatch(x -> x < -4.5)
                .anyMatch(x -> x > 9.5);
    }
}

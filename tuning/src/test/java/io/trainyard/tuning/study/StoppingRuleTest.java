package io.trainyard.tuning.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.sampler.GpSampler;
import io.trainyard.tuning.sampler.RegretBound;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.SearchSpace;
import java.time.Clock;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class StoppingRuleTest {

    private static final SearchSpace LINE = SearchSpace.of(FloatParameter.uniform("x", 0, 1));
    private static final int TRIALS = 60;

    @Test
    void stopsWhenNothingGetsBetter() throws InterruptedException {
        Study study = run(new StoppingRule.NoImprovement(5), x -> 1);

        assertThat(study.history().finished()).hasSize(6);
        assertThat(study.stopped()).contains("5 trials in a row brought nothing better");
        assertThat(study.finished()).isTrue();
    }

    @Test
    void stopsAtTheTarget() throws InterruptedException {
        Study study = run(new StoppingRule.Target(0.1), x -> Math.abs(x - 0.4));

        assertThat(study.best().orElseThrow().value().getAsDouble()).isLessThanOrEqualTo(0.1);
        assertThat(study.history().finished()).hasSizeLessThan(TRIALS);
        assertThat(study.stopped().orElseThrow()).endsWith("has reached the target 0.1");
    }

    @Test
    void stopsWhenMoreSearchWouldNotPay() throws InterruptedException {
        Study study = run(new RegretBound(0.01), x -> (x - 0.4) * (x - 0.4));

        assertThat(study.history().finished()).hasSizeBetween(20, TRIALS - 1);
        assertThat(study.best().orElseThrow().value().getAsDouble()).isLessThanOrEqualTo(0.01);
        assertThat(study.stopped().orElseThrow()).startsWith("more search would gain at most");
    }

    @Test
    void searchesOnWhereMuchIsUnknown() throws InterruptedException {
        Study study = run(new RegretBound(0.001), x -> Math.sin(1e6 * x));

        assertThat(study.history().finished()).hasSize(TRIALS);
        assertThat(study.stopped()).isEmpty();
    }

    @Test
    void rulesHaveSensibleNumbers() {
        assertThatThrownBy(() -> new RegretBound(0)).hasMessage("Cannot stop at a regret of 0.0: must be above 0");
        assertThatThrownBy(() -> new StoppingRule.NoImprovement(0))
                .hasMessage("Cannot stop after 0 trials: at least 1");
    }

    private static Study run(StoppingRule rule, DoubleUnaryOperator loss) throws InterruptedException {
        StudyDefinition definition = new StudyDefinition(
                "stops", LINE, Direction.MINIMIZE, 3, Budget.ofTrials(TRIALS).until(rule));
        Study study = Study.open(definition, new MemoryStorage(), new GpSampler(), Clock.systemUTC());
        Optional<Trial> trial = study.next();
        while (trial.isPresent()) {
            double value = loss.applyAsDouble(trial.get().params().number("x"));
            trial = study.tellAndNext(trial.get().number(), new Outcome.Complete(value));
        }
        return study;
    }
}

package io.trainyard.tuning.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Fidelity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundScheduleTest {
    private static final Fidelity STEPS = new Fidelity(64);

    @Test
    void equalStepsAreEqualSumsOfLearningRates() {
        RoundSchedule schedule = schedule(FloatParameter.log("learning_rate", 0.02, 0.3));

        assertThat(schedule.rounds(16, rate(0.02))).isEqualTo(500);
        assertThat(schedule.rounds(16, rate(0.1))).isEqualTo(100);
        assertThat(schedule.rounds(16, rate(0.3))).isEqualTo(34);
        assertThat(schedule.rounds(1, rate(0.3))).isEqualTo(3);
    }

    @Test
    void theLastStepIsTheLastRound() {
        RoundSchedule schedule = schedule(FloatParameter.log("learning_rate", 0.02, 0.3));

        assertThat(schedule.rounds(64, rate(0.3))).isEqualTo(2000);
        assertThat(RoundSchedule.whole(7).rounds(1, Params.empty())).isEqualTo(7);
    }

    @Test
    void whereTheLearningRateIsGivenStepsAreSharesOfTheRounds() {
        assertThat(schedule(CategoricalParameter.of("learning_rate", "0.1")).rounds(32, rate(0.1)))
                .isEqualTo(1000);
        assertThat(schedule(CategoricalParameter.of("learning_rate", "0.1", "0.05"))
                        .rounds(32, rate(0.1)))
                .isEqualTo(500);
    }

    @Test
    void aRateOfNothingDoesNotTakeAllRoundsFromTheOthers() {
        RoundSchedule schedule = schedule(FloatParameter.uniform("learning_rate", 0, 1));

        assertThat(schedule.rounds(32, rate(0))).isEqualTo(1000);
        assertThat(schedule.rounds(32, rate(0.01))).isEqualTo(100);
        assertThat(schedule.rounds(32, rate(1))).isEqualTo(1);
    }

    private static RoundSchedule schedule(Parameter learningRate) {
        return RoundSchedule.of(
                STEPS, 2000, new LearnerSpace(List.of(new XGBoostLearner()), Map.of("xgboost", List.of(learningRate))));
    }

    private static Params rate(double rate) {
        return Params.of(Map.of("learning_rate", rate));
    }
}

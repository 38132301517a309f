package io.trainyard.tuning.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearnerSpaceTest {
    private static final Learner XGBOOST = new XGBoostLearner();
    private static final Learner LOGISTIC = new LogisticRegressionLearner();

    @Test
    void namesAndConditionsParametersByTheirLearner() {
        LearnerSpace space = new LearnerSpace(List.of(XGBOOST, LOGISTIC), Map.of());

        Params logistic = Params.of(Map.of("learner", "logistic_regression"));
        assertThat(space.space().active(logistic))
                .extracting(Parameter::name)
                .containsExactly("learner", "logistic_regression.reg_param", "logistic_regression.elastic_net_param");
    }

    @Test
    void learnersTakeTurnsInTheFirstTrials() {
        LearnerSpace space = new LearnerSpace(List.of(XGBOOST, LOGISTIC), Map.of());

        assertThat(space.firstTrials())
                .extracting(params -> LearnerSpace.learner(params).name())
                .startsWith("xgboost", "logistic_regression", "xgboost", "xgboost");
    }

    @Test
    void firstTrialOfXgboostIsItsDefaults() {
        Params first = LearnerSpace.own(
                new LearnerSpace(List.of(XGBOOST), Map.of()).firstTrials().get(0));

        assertThat(first.number("learning_rate")).isEqualTo(0.3);
        assertThat(first.integer("max_depth")).isEqualTo(6);
        assertThat(first.number("subsample")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void firstTrialsOfEveryLearnerAreInItsSpace(Task task) {
        List<Learner> learners =
                Learner.all().stream().filter(learner -> learner.fits(task)).toList();
        LearnerSpace space = new LearnerSpace(learners, Map.of());

        assertThat(space.firstTrials())
                .hasSizeGreaterThanOrEqualTo(learners.size())
                .allSatisfy(params -> space.space().check(params));
    }

    @Test
    void overrideReplacesARangeAndMovesFirstTrialsIntoIt() {
        LearnerSpace space = new LearnerSpace(
                List.of(XGBOOST),
                Map.of("xgboost", List.of(FloatParameter.log("learning_rate", 0.05, 0.1), depths(2, 4))));

        assertThat(space.firstTrials()).isNotEmpty().allSatisfy(params -> {
            space.space().check(params);
            assertThat(LearnerSpace.own(params).number("learning_rate")).isBetween(0.05, 0.1);
        });
        assertThat(LearnerSpace.own(space.firstTrials().get(0)).number("learning_rate"))
                .isEqualTo(0.1);
        assertThat(LearnerSpace.own(space.firstTrials().get(0)).integer("max_depth"))
                .isEqualTo(4);
    }

    @Test
    void overrideMayAddAParameter() {
        LearnerSpace space =
                new LearnerSpace(List.of(XGBOOST), Map.of("xgboost", List.of(FloatParameter.uniform("gamma", 0, 5))));

        assertThat(space.firstTrials())
                .allSatisfy(params ->
                        assertThat(LearnerSpace.own(params).number("gamma")).isBetween(0.0, 5.0));
    }

    @Test
    void choicesAmongNumbersReachTheLearnerAsNumbers() {
        LearnerSpace space = new LearnerSpace(
                List.of(XGBOOST),
                Map.of(
                        "xgboost",
                        List.of(
                                CategoricalParameter.of("max_depth", "3"),
                                CategoricalParameter.of("gamma", "1e-3"),
                                CategoricalParameter.of("grow_policy", "lossguide"))));

        Params own = LearnerSpace.own(space.firstTrials().get(0));

        assertThat(own.value("max_depth")).isEqualTo(3L);
        assertThat(own.value("gamma")).isEqualTo(1e-3);
        assertThat(own.value("grow_policy")).isEqualTo("lossguide");
    }

    private static IntParameter depths(int low, int high) {
        return IntParameter.uniform("max_depth", low, high);
    }
}

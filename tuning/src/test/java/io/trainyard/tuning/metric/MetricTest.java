package io.trainyard.tuning.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class MetricTest {

    /** Expected values: scikit-learn 1.9.1 on the same sample. */
    @ParameterizedTest
    @CsvSource({
        "roc_auc,           true,  0.8233075202202719",
        "average_precision, true,  0.724282548232847",
        "log_loss,          true,  0.48798554053933096",
        "brier,             true,  0.1656016",
        "accuracy,          true,  0.7152",
        "f1,                true,  0.586046511627907",
        "mcc,               true,  0.38272095471947937",
        "roc_auc,           false, 0.8204411174209832",
        "average_precision, false, 0.7215561389412368",
        "log_loss,          false, 0.49000986264319646",
        "brier,             false, 0.166442",
        "accuracy,          false, 0.716",
        "f1,                false, 0.5860058309037901",
        "mcc,               false, 0.3830606502868299",
    })
    void ofTwoClasses(String metric, boolean weighted, double expected) {
        assertThat(Metric.named(metric).of(Sample.binary(weighted))).isCloseTo(expected, within(1e-12));
    }

    /** Expected values: scikit-learn 1.9.1 on the same sample. */
    @ParameterizedTest
    @CsvSource({
        "roc_auc,  true,  0.9835904511085127",
        "log_loss, true,  0.6436361507718797",
        "accuracy, true,  0.9288",
        "f1,       true,  0.9215985185552625",
        "mcc,      true,  0.8856877414154939",
        "roc_auc,  false, 0.9842330390001033",
        "log_loss, false, 0.6418984939540636",
        "accuracy, false, 0.929",
        "f1,       false, 0.9226906644088188",
        "mcc,      false, 0.8858593332537026",
    })
    void ofThreeClasses(String metric, boolean weighted, double expected) {
        assertThat(Metric.named(metric).of(Sample.multiclass(weighted))).isCloseTo(expected, within(1e-12));
    }

    /** Expected values: scikit-learn 1.9.1 on the same sample. */
    @ParameterizedTest
    @CsvSource({
        "rmse, true,  5.763986790408181",
        "mae,  true,  4.99198",
        "mape, true,  0.6352012774553047",
        "r2,   true,  0.9608695253286483",
        "rmse, false, 5.769414303029381",
        "mae,  false, 4.9974799999999995",
        "mape, false, 0.6345099215267873",
        "r2,   false, 0.9608335971922592",
    })
    void ofNumbers(String metric, boolean weighted, double expected) {
        assertThat(Metric.named(metric).of(Sample.regression(weighted))).isCloseTo(expected, within(1e-12));
    }

    /** Expected values: scikit-learn 1.9.1 on the same sample, the power 1.5 and the quantile 0.8. */
    @ParameterizedTest
    @CsvSource({
        "poisson_deviance, true,  1.4151021665124284",
        "gamma_deviance,   true,  0.24414879946415585",
        "tweedie_deviance, true,  1.270038928230847",
        "pinball_loss,     true,  0.4595866666666666",
        "poisson_deviance, false, 1.4128060982806045",
        "gamma_deviance,   false, 0.24422892013861622",
        "tweedie_deviance, false, 1.2740834578601923",
        "pinball_loss,     false, 0.46129999999999993",
    })
    void ofCountsAndAmounts(String name, boolean weighted, double expected) {
        Metric metric = Metric.named(name);
        Predictions sample = metric == Metric.GAMMA_DEVIANCE
                ? Sample.amounts(weighted)
                : Sample.counts(weighted, Sample.shape(metric));

        assertThat(metric.of(sample)).isCloseTo(expected, within(1e-12));
    }

    /** Moved above 0 for metrics of amounts. */
    private static Predictions suited(Metric metric, double[] label, double[] score, double[] weight) {
        double shift = metric.toString().endsWith("deviance") ? 1 : 0;
        return new Predictions(
                Arrays.stream(label).map(value -> value + shift).toArray(),
                Arrays.stream(score).map(value -> value + shift).toArray(),
                1,
                weight,
                Sample.shape(metric));
    }

    @Test
    void expectationsThatNoAmountHasLeaveADevianceUndefined() {
        Predictions zero = Predictions.unweighted(new double[] {0, 1}, new double[] {0, 1}, 1);

        assertThat(Metric.POISSON_DEVIANCE.of(zero)).isNaN();
        assertThatThrownBy(() -> Metric.GAMMA_DEVIANCE.of(zero))
                .hasMessage("Label of row 0 is 0.0: it must be above 0");
        assertThatThrownBy(() -> Metric.TWEEDIE_DEVIANCE.of(zero))
                .hasMessage("Power of a Tweedie deviance is NaN: must lie between 1 and 2");
    }

    @Test
    void certainAndWrongIsFiniteAsInScikitLearn() {
        Predictions wrong = Predictions.unweighted(new double[] {1, 0, 1}, new double[] {0, 1, 1}, 1);

        assertThat(Metric.LOG_LOSS.of(wrong)).isCloseTo(24.029102259411435, within(1e-12));
    }

    @Test
    void relativeErrorOfZeroIsHugeAsInScikitLearn() {
        Predictions zero = Predictions.unweighted(new double[] {0, 1, 2}, new double[] {1, 2, 3}, 1);

        assertThat(Metric.MAPE.of(zero)).isCloseTo(1501199875790166.0, within(1.0));
    }

    @Test
    void minusZeroTiesWithZero() {
        Predictions tie = Predictions.unweighted(new double[] {0, 1}, new double[] {-0.0, 0.0}, 1);

        assertThat(Metric.ROC_AUC.of(tie)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            mode = Mode.EXCLUDE,
            names = {"NDCG_AT_K", "MAP_AT_K"}) // Groups weigh there.
    void weightOfTwoIsARowTwice(Metric metric) {
        Predictions once = Sample.suiting(metric, false);
        int[] doubled = IntStream.range(0, Sample.ROWS + 100)
                .map(row -> row % Sample.ROWS)
                .toArray();
        double[] ones = new double[doubled.length];
        Arrays.fill(ones, 1);
        Predictions repeated = new Predictions(
                Arrays.stream(doubled).mapToDouble(row -> once.label()[row]).toArray(),
                Arrays.stream(doubled).mapToDouble(row -> once.scores()[row]).toArray(),
                1,
                ones,
                Sample.shape(metric));
        double[] weight = once.weight().clone();
        Arrays.fill(weight, 0, 100, 2);

        assertThat(metric.of(new Predictions(once.label(), once.scores(), 1, weight, Sample.shape(metric))))
                .isCloseTo(metric.of(repeated), within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            mode = Mode.EXCLUDE,
            names = {"NDCG_AT_K", "MAP_AT_K"}) // Groups weigh there.
    void rowsWithoutWeightDoNotCount(Metric metric) {
        double[] label = {0, 1, 0, 1, 1};
        double[] score = {0.1, 0.4, 0.6, 0.9, 0.05};
        Predictions weighted = suited(metric, label, score, new double[] {1, 1, 1, 1, 0});
        Predictions without =
                suited(metric, Arrays.copyOf(label, 4), Arrays.copyOf(score, 4), new double[] {1, 1, 1, 1});

        assertThat(metric.of(weighted)).isCloseTo(metric.of(without), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"ROC_AUC,1", "ROC_AUC,0", "AVERAGE_PRECISION,0", "MCC,1", "MCC,0", "F1,0", "R2,1"})
    void oneLabelLeavesItUndefined(Metric metric, double label) {
        Predictions one = Predictions.unweighted(new double[] {label, label}, new double[] {0.2, 0.4}, 1);

        assertThat(metric.of(one)).isNaN();
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void scoresThatAreNotFiniteLeaveItUndefined(Metric metric) {
        assertThat(metric.of(Predictions.unweighted(new double[] {0, 1}, new double[] {0.2, Double.NaN}, 1)))
                .isNaN();
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void noWeightAtAllLeavesItUndefined(Metric metric) {
        assertThat(metric.of(suited(metric, new double[] {0, 1}, new double[] {0.2, 0.3}, new double[2])))
                .isNaN();
    }

    @Test
    void constantPredictionsCorrelateWithNothing() {
        assertThat(Metric.MCC.of(Predictions.unweighted(new double[] {0, 1}, new double[] {0.2, 0.3}, 1)))
                .isZero();
    }

    @Test
    void absentClassIsLeftOutOfTheMacroAverage() {
        double[] scores = {0.6, 0.3, 0.1, 0.2, 0.7, 0.1, 0.2, 0.7, 0.1};
        Predictions withoutClass2 = Predictions.unweighted(new double[] {0, 1, 0}, scores, 3);

        assertThat(Metric.F1.of(withoutClass2)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(Metric.ROC_AUC.of(withoutClass2)).isEqualTo(0.75);
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void perfectPredictionsAreNotBeaten(Metric metric) {
        double[] label = {0, 1, 1, 0};
        double[] weight = {1, 1, 1, 1};
        double perfect = metric.of(suited(metric, label, label, weight));
        double worse = metric.of(suited(metric, label, new double[] {0.9, 0.1, 0.9, 0.1}, weight));

        assertThat(perfect > worse).isEqualTo(metric.higherIsBetter());
        assertThat(perfect).isNotEqualTo(worse);
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void nameIsReadBack(Metric metric) {
        assertThat(Metric.named(metric.toString())).isEqualTo(metric);
    }

    @ParameterizedTest
    @CsvSource({"auc, roc_auc", "precision, precision_at_k", "logloss, log_loss", "rmsle, rmse"})
    void unknownNameIsAnsweredWithTheNearest(String written, String meant) {
        assertThatThrownBy(() -> Metric.named(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Unknown metric '%s' (did you mean '%s'?): known are roc_auc, average_precision, log_loss, brier,"
                                + " accuracy, f1, mcc, rmse, mae, mape, r2, poisson_deviance, gamma_deviance, tweedie_deviance,"
                                + " pinball_loss, precision_at_k, recall_at_k, ndcg_at_k, map_at_k",
                        written, meant);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void defaultFitsItsTask(Task task) {
        assertThat(Metric.fitting(task)).contains(Metric.defaultFor(task));
    }

    @Test
    void metricsOfATask() {
        assertThat(Metric.fitting(Task.MULTICLASS))
                .containsExactly(Metric.ROC_AUC, Metric.LOG_LOSS, Metric.ACCURACY, Metric.F1, Metric.MCC);
        assertThat(Metric.fitting(Task.REGRESSION)).containsExactly(Metric.RMSE, Metric.MAE, Metric.MAPE, Metric.R2);
    }

    @Test
    void labelsAndScoresThatDoNotSuitAreNamed() {
        Predictions half = Predictions.unweighted(new double[] {0, 0.5}, new double[] {0.1, 0.2}, 1);
        Predictions margin = Predictions.unweighted(new double[] {0, 1}, new double[] {0.1, 1.2}, 1);

        assertThatThrownBy(() -> Metric.ROC_AUC.of(half))
                .hasMessage("Label of row 1 is 0.5: it must be the index of one of 2 classes");
        assertThatThrownBy(() -> Metric.BRIER.of(margin))
                .hasMessage("Score of row 1 is 1.2: it must be a probability from 0 to 1");
        assertThatThrownBy(() -> Metric.RMSE.of(Sample.multiclass(false)))
                .hasMessage("The metric needs one score a row, and there are 3");
    }
}

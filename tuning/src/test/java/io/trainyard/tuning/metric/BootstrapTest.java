package io.trainyard.tuning.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BootstrapTest {

    private static final Bootstrap BOOTSTRAP = new Bootstrap(1000, 0.95, 7);

    @ParameterizedTest
    @EnumSource(Metric.class)
    void holdsTheValueAndDependsOnTheSeedAlone(Metric metric) {
        Predictions predictions = Sample.suiting(metric, true);
        Interval interval = BOOTSTRAP.interval(metric, predictions);

        assertThat(interval.value()).isEqualTo(metric.of(predictions)).isBetween(interval.low(), interval.high());
        assertThat(interval.undefined()).isZero();
        assertThat(BOOTSTRAP.interval(metric, predictions)).isEqualTo(interval);
        assertThat(new Bootstrap(1000, 0.95, 8).interval(metric, predictions)).isNotEqualTo(interval);
    }

    /** The mean of n values has standard error s/√n, and the interval's half width is 1.96 of it. */
    @Test
    void intervalOfAMeanIsAsWideAsTheoryHasIt() {
        Interval interval = BOOTSTRAP.interval(Metric.MAE, normalErrors(2000, 1));

        double error = Math.sqrt(1 - 2 / Math.PI) / Math.sqrt(2000);
        assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * error, within(0.15 * 2 * 1.96 * error));
    }

    /** Every value four times over: as rows they look four times as many, as units they are what they were. */
    @Test
    void unitsThatRepeatThemselvesCountOnce() {
        Predictions once = normalErrors(500, 2);
        int[] unit = IntStream.range(0, 2000).map(row -> row % 500 * 31).toArray();
        Predictions repeated = Predictions.unweighted(
                new double[2000],
                Arrays.stream(unit).mapToDouble(one -> once.scores()[one / 31]).toArray(),
                1);

        double truth = width(BOOTSTRAP.interval(Metric.RMSE, once));
        assertThat(width(BOOTSTRAP.interval(Metric.RMSE, repeated, unit))).isCloseTo(truth, within(1e-9));
        assertThat(width(BOOTSTRAP.interval(Metric.RMSE, repeated))).isCloseTo(truth / 2, within(0.1 * truth));
    }

    @Test
    void resamplesWithoutAPositiveAreLeftOutAndCounted() {
        double[] label = new double[50];
        label[0] = 1;
        Interval interval =
                BOOTSTRAP.interval(Metric.AVERAGE_PRECISION, Predictions.unweighted(label, new double[50], 1));

        assertThat(interval.undefined() / 1000.0).isCloseTo(Math.pow(1 - 1 / 50.0, 50), within(0.05));
        assertThat(interval.low()).isCloseTo(0.02, within(1e-12));
    }

    @Test
    void undefinedValueHasNoInterval() {
        Interval interval = BOOTSTRAP.interval(Metric.ROC_AUC, Predictions.unweighted(new double[5], new double[5], 1));

        assertThat(interval).isEqualTo(new Interval(Double.NaN, Double.NaN, Double.NaN, 1000));
    }

    @Test
    void differenceOnTheSameRowsIsNarrowerThanItsParts() {
        Predictions a = Sample.binary(true);
        double[] slightlyOff = IntStream.range(0, a.rows())
                .mapToDouble(row -> row % 50 == 0 ? 0.5 : a.scores()[row])
                .toArray();
        Predictions b = new Predictions(a.label(), slightlyOff, 1, a.weight());
        PairedGain paired = BOOTSTRAP.pairedGain(Metric.ROC_AUC, a, b);

        assertThat(paired.first()).isEqualTo(Metric.ROC_AUC.of(a));
        assertThat(paired.second()).isEqualTo(Metric.ROC_AUC.of(b));
        assertThat(paired.gain().value()).isEqualTo(paired.first() - paired.second());
        assertThat(width(paired.gain())).isLessThan(width(BOOTSTRAP.interval(Metric.ROC_AUC, a)) / 3);
    }

    @Test
    void modelDoesNotDifferFromItself() {
        for (Metric metric : List.of(Metric.AVERAGE_PRECISION, Metric.LOG_LOSS)) {
            PairedGain paired = BOOTSTRAP.pairedGain(metric, Sample.binary(true), Sample.binary(true));

            assertThat(paired.gain()).isEqualTo(new Interval(0, 0, 0, 0));
            assertThat(paired.shareFrom(0)).isEqualTo(1);
            assertThat(paired.shareAbove(0)).isZero();
        }
    }

    @Test
    void lessOfALossIsAGain() {
        double[] label = {0, 1, 2, 3};
        Predictions exact = Predictions.unweighted(label, label, 1);
        Predictions off = Predictions.unweighted(label, new double[] {1, 2, 3, 4}, 1);

        assertThat(BOOTSTRAP.pairedGain(Metric.MAE, exact, off).gain()).isEqualTo(new Interval(1, 1, 1, 0));
        assertThat(BOOTSTRAP.pairedGain(Metric.MAE, off, exact).shareFrom(-0.5)).isZero();
        assertThat(BOOTSTRAP.pairedGain(Metric.MAE, off, exact).shareFrom(-1)).isEqualTo(1);
    }

    @Test
    void intervalOfAllResamplesReachesFromTheLeastToTheGreatest() {
        double[] label = {0, 0};
        Interval widest = new Bootstrap(1000, 0.999999, 7)
                .interval(Metric.MAE, Predictions.unweighted(label, new double[] {1, 3}, 1));

        assertThat(widest.low()).isCloseTo(1, within(1e-3));
        assertThat(widest.high()).isCloseTo(3, within(1e-3));
    }

    @Test
    void otherRowsAreNotCompared() {
        assertThatThrownBy(() -> BOOTSTRAP.pairedGain(Metric.F1, Sample.binary(true), Sample.binary(false)))
                .hasMessageContaining("labels and weights must be equal, row by row");
        assertThatThrownBy(() -> BOOTSTRAP.interval(Metric.F1, Sample.binary(true), new int[3]))
                .hasMessage("Cannot resample by unit: found 3 units, expected one for each of 1000 rows");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new Bootstrap(0, 0.95, 7)).hasMessage("Cannot resample 0 times: at least 1");
        assertThatThrownBy(() -> new Bootstrap(10, 95, 7))
                .hasMessage("Level of an interval is 95.0: it must lie between 0 and 1");
    }

    /** Metrics are taken where the predictions are, on an executor. */
    @Test
    void settingsAndResultsTravel() throws IOException, ClassNotFoundException {
        Interval interval = BOOTSTRAP.interval(Metric.F1, Sample.binary(true));

        assertThat(travelled(BOOTSTRAP)).isEqualTo(BOOTSTRAP);
        assertThat(travelled(interval)).isEqualTo(interval);
    }

    private static Object travelled(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    private static Predictions normalErrors(int rows, long seed) {
        Random random = new Random(seed);
        double[] error = DoubleStream.generate(random::nextGaussian).limit(rows).toArray();
        return Predictions.unweighted(new double[rows], error, 1);
    }

    private static double width(Interval interval) {
        return interval.high() - interval.low();
    }
}

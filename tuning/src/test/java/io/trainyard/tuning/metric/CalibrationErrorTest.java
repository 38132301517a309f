package io.trainyard.tuning.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationErrorTest {
    @Test
    void oneProbabilityForAllIsOffByItsDistanceFromTheShare() {
        double[] label = {1, 0, 0, 0};
        Predictions constant = Predictions.unweighted(label, new double[] {0.6, 0.6, 0.6, 0.6}, 1);

        assertThat(CalibrationError.of(constant)).isCloseTo(0.35, within(1e-12));
    }

    @Test
    void errorsOfTwoSidesDoNotMakeUpForEachOther() {
        double[] label = {1, 1, 0, 0};
        Predictions timid = Predictions.unweighted(label, new double[] {0.8, 0.8, 0.2, 0.2}, 1);

        assertThat(CalibrationError.of(timid)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void weightsCountAsRows() {
        double[] scores = {0.9, 0.5, 0.1};
        Predictions weighted = new Predictions(new double[] {1, 0, 0}, scores, 1, new double[] {2, 1, 1});
        Predictions repeated = Predictions.unweighted(new double[] {0, 1, 0, 1}, new double[] {0.1, 0.9, 0.5, 0.9}, 1);

        assertThat(CalibrationError.of(weighted)).isCloseTo(CalibrationError.of(repeated), within(1e-12));
    }

    @Test
    void trueProbabilitiesHaveHardlyAnyAndDistortedOnesWhatTheyAreOff() {
        Random random = new Random(3);
        int rows = 60_000;
        double[] truth =
                IntStream.range(0, rows).mapToDouble(row -> random.nextDouble()).toArray();
        double[] label = IntStream.range(0, rows)
                .mapToDouble(row -> random.nextDouble() < truth[row] ? 1 : 0)
                .toArray();
        double[] squared = IntStream.range(0, rows)
                .mapToDouble(row -> truth[row] * truth[row])
                .toArray();

        assertThat(CalibrationError.of(Predictions.unweighted(label, truth, 1))).isLessThan(0.01);
        // The mean of p - p² over the unit interval.
        assertThat(CalibrationError.of(Predictions.unweighted(label, squared, 1)))
                .isCloseTo(1.0 / 6, within(0.01));
    }

    @Test
    void ofMoreClassesTheLargestProbabilityIsHeldToWhetherItIsRight() {
        double[] scores = {0.7, 0.2, 0.1, 0.1, 0.7, 0.2};
        Predictions half = Predictions.unweighted(new double[] {0, 2}, scores, 3);

        assertThat(CalibrationError.of(half)).isCloseTo(0.2, within(1e-12));
    }
}

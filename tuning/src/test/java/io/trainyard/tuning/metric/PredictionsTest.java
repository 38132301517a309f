package io.trainyard.tuning.metric;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PredictionsTest {

    @Test
    void lengthsMustAgree() {
        assertThatThrownBy(() -> Predictions.unweighted(new double[2], new double[5], 3))
                .hasMessage("Cannot measure predictions: found 5 scores, expected 6");
        assertThatThrownBy(() -> new Predictions(new double[2], new double[2], 1, new double[1]))
                .hasMessage("Cannot measure predictions: found 1 weights, expected 2");
    }

    @Test
    void twoClassesAreOneProbability() {
        assertThatThrownBy(() -> Predictions.unweighted(new double[2], new double[4], 2))
                .hasMessage(
                        "Cannot measure predictions with 2 scores a row: give 1 for two classes or a number, else 3 or"
                                + " more");
    }

    @Test
    void rowsThatCannotBeMeasuredAreNamed() {
        assertThatThrownBy(() -> Predictions.unweighted(new double[0], new double[0], 1))
                .hasMessage("Cannot measure predictions: there are no rows");
        assertThatThrownBy(() -> Predictions.unweighted(new double[] {1, Double.NaN}, new double[2], 1))
                .hasMessage("Label of row 1 is NaN: it must be finite");
        assertThatThrownBy(() -> new Predictions(new double[2], new double[2], 1, new double[] {1, -1}))
                .hasMessage("Weight of row 1 is -1.0: it must be finite and at least 0");
    }
}

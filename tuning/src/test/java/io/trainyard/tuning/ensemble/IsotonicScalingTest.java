package io.trainyard.tuning.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IsotonicScalingTest {
    private static final double[] MARGIN = {-2, -1.5, -1, -0.5, -0.2, 0, 0.3, 0.3, 0.8, 1.2, 1.9, 2.5};
    private static final double[] LABEL = {0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1};
    private static final double[] WEIGHT = {1, 2, 1, 1, 0.5, 1, 3, 1, 1, 2, 1, 1};
    private static final double[] ASKED = {-3, -2, -1.75, -0.7, -0.5, 0.1, 0.3, 0.5, 0.8, 1, 1.9, 2.2, 2.5, 9};

    /** scikit-learn 1.9.1, sklearn.isotonic.IsotonicRegression(out_of_bounds='clip'). */
    @Test
    void isThatOfScikitLearn() {
        IsotonicScaling equal = IsotonicScaling.fit(LABEL, MARGIN, ones(LABEL.length));
        IsotonicScaling weighted = IsotonicScaling.fit(LABEL, MARGIN, WEIGHT);

        assertThat(equal.margins()).containsExactly(-2.0, -1.0, -0.5, 0.0, 0.3, 0.8, 1.9, 2.5);
        assertIs(equal.probabilities(), 0, 0, 1.0 / 3, 1.0 / 3, 0.5, 2.0 / 3, 2.0 / 3, 1);
        assertIs(
                asked(equal),
                0,
                0,
                0,
                0.2,
                0.33333333,
                0.38888889,
                0.5,
                0.56666667,
                0.66666667,
                0.66666667,
                0.66666667,
                0.83333333,
                1,
                1);
        assertThat(weighted.margins()).containsExactly(-2.0, -1.0, -0.5, 0.0, 0.3, 1.9, 2.5);
        assertIs(weighted.probabilities(), 0, 0, 0.4, 0.4, 0.75, 0.75, 1);
        assertIs(asked(weighted), 0, 0, 0, 0.24, 0.4, 0.51666667, 0.75, 0.75, 0.75, 0.75, 0.75, 0.875, 1, 1);
    }

    @Test
    void theOrderOfRowsDoesNotMatterAndRowsWithoutWeightDoNotCount() {
        double[] margin = {0.3, 7, 2, 0.3, -1};
        double[] label = {1, 0, 1, 0, 0};
        double[] weight = {1, 0, 1, 1, 1};

        assertThat(IsotonicScaling.fit(label, margin, weight))
                .isEqualTo(new IsotonicScaling(List.of(-1.0, 0.3, 2.0), List.of(0.0, 0.5, 1.0)));
    }

    @Test
    void marginsThatAreWorseThanNoneTellNothingApart() {
        double[] label = Arrays.stream(MARGIN).map(margin -> margin > 0 ? 0 : 1).toArray();

        IsotonicScaling scaling = IsotonicScaling.fit(label, MARGIN, ones(label.length));

        assertThat(scaling.rises()).isFalse();
        assertIs(scaling.probabilities(), 0.5, 0.5);
        assertThat(IsotonicScaling.none().rises()).isFalse();
    }

    @Test
    void neverFallsAndHasTheMeanOfTheLabels() {
        SplittableRandom random = new SplittableRandom(5);
        double[] margin = random.doubles(2_000, -4, 4).map(Math::rint).toArray();
        double[] label = Arrays.stream(margin)
                .map(value -> random.nextDouble() < 1 / (1 + Math.exp(-value / 3)) ? 1 : 0)
                .toArray();

        IsotonicScaling scaling = IsotonicScaling.fit(label, margin, ones(label.length));

        assertThat(scaling.margins()).isSorted();
        assertThat(scaling.probabilities()).isSorted();
        assertThat(Arrays.stream(margin).map(scaling::probability).average().orElseThrow())
                .isCloseTo(Arrays.stream(label).average().orElseThrow(), within(1e-12));
    }

    private static List<Double> asked(IsotonicScaling scaling) {
        return Arrays.stream(ASKED).map(scaling::probability).boxed().toList();
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static void assertIs(List<Double> found, double... expected) {
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.get(i)).isCloseTo(expected[i], within(1e-8));
        }
    }
}

package io.trainyard.tuning.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlattScalingTest {
    private static final double[] MARGIN = {-2, -1.5, -1, -0.5, -0.2, 0, 0.3, 0.3, 0.8, 1.2, 1.9, 2.5};
    private static final double[] LABEL = {0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1};
    private static final double[] WEIGHT = {1, 2, 1, 1, 0.5, 1, 3, 1, 1, 2, 1, 1};

    /** scikit-learn 1.9.1, sklearn.calibration._sigmoid_calibration, whose coefficients have the other sign. */
    @Test
    void isThatOfScikitLearn() {
        assertIs(PlattScaling.fit(LABEL, MARGIN, ones()), 0.61773207, -0.44740152);
        assertIs(PlattScaling.fit(LABEL, MARGIN, WEIGHT), 0.79674670, -0.03849053);
    }

    @Test
    void separableMarginsDoNotLeadToCertainty() {
        double[] label = Arrays.stream(MARGIN).map(margin -> margin > 0 ? 1 : 0).toArray();

        PlattScaling scaling = PlattScaling.fit(label, MARGIN, ones());

        assertThat(scaling.probability(2.5)).isBetween(0.85, 0.99);
        assertThat(scaling.probability(-2)).isBetween(0.01, 0.15);
    }

    @Test
    void marginsThatAreWorseThanNoneAreTurnedRound() {
        double[] turned = Arrays.stream(MARGIN).map(margin -> -margin).toArray();

        assertIs(PlattScaling.fit(LABEL, turned, ones()), -0.61773207, -0.44740152);
    }

    @Test
    void marginsFarOffComeBack() {
        double[] far = Arrays.stream(MARGIN).map(margin -> 40 * margin + 100).toArray();

        PlattScaling scaling = PlattScaling.fit(LABEL, far, ones());

        assertIs(scaling, 0.61773207 / 40, -0.44740152 - 100 * 0.61773207 / 40);
    }

    private static double[] ones() {
        double[] ones = new double[LABEL.length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static void assertIs(PlattScaling scaling, double slope, double intercept) {
        assertThat(scaling.slope()).isCloseTo(slope, within(1e-5));
        assertThat(scaling.intercept()).isCloseTo(intercept, within(1e-5));
    }
}

package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianTest {

    private static final NormalDistribution REFERENCE = new NormalDistribution();

    @ParameterizedTest
    @ValueSource(doubles = {-38, -9, -7.1, -7, -3, -1, -0.1, 0, 0.1, 1, 3, 7, 7.1, 9, 30})
    void tailAgreesWithTheReference(double z) {
        assertThat(Gaussian.tail(z)).isCloseTo(REFERENCE.cumulativeProbability(-z), withinPercentage(1e-6));
    }

    @Test
    void massKeepsItsDigitsFarOut() {
        double mass = Gaussian.mass(10, 10.1);

        assertThat(mass).isCloseTo(4.857743552396e-24, withinPercentage(1e-6));
        assertThat(Gaussian.mass(-10.1, -10)).isEqualTo(mass);
        assertThat(Gaussian.mass(-1, 2)).isCloseTo(REFERENCE.probability(-1, 2), within(1e-13));
    }

    @Test
    void drawsAreStandardNormal() {
        DescriptiveStatistics draws = new DescriptiveStatistics();
        var random = RandomStream.of(7, 0, "test");
        for (int i = 0; i < 20_000; i++) {
            draws.addValue(RandomStream.gaussian(random));
        }

        assertThat(draws.getMean()).isCloseTo(0, within(0.03));
        assertThat(draws.getStandardDeviation()).isCloseTo(1, within(0.03));
        assertThat(draws.getPercentile(97.5)).isCloseTo(1.96, within(0.06));
    }

    @Test
    void streamsOfDifferentPurposeAndNumberDiffer() {
        long first = RandomStream.of(1, 2, "a").nextLong();

        assertThat(RandomStream.of(1, 2, "a").nextLong()).isEqualTo(first);
        assertThat(RandomStream.of(1, 2, "b").nextLong()).isNotEqualTo(first);
        assertThat(RandomStream.of(1, 3, "a").nextLong()).isNotEqualTo(first);
        assertThat(RandomStream.of(2, 2, "a").nextLong()).isNotEqualTo(first);
    }
}

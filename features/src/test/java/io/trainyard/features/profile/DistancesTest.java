package io.trainyard.features.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Values of SciPy 1.x ({@code stats}, {@code spatial.distance}) for numbers that NumPy drew, written down here. */
class DistancesTest {

    private static final double[] A = {
        0.001, 0.299, -0.274, -0.891, -0.455, -0.992, 0.06, 1.34, -0.492, -0.62, 0.49, 0.357, 0.105, -0.93, -0.029,
        0.695, -1.344, -0.458, -1.901, -1.29, -1.842, -0.235, -1.267, 0.271, 0.157, -0.187, -2.517, -0.539, -0.049,
        0.113, -1.53, -0.478, -0.979, -0.809, 1.061, -0.808, -0.033, 0.884, -0.584, -0.112
    };
    private static final double[] B = {
        0.644, 0.583, -1.093, 0.599, 2.266, -1.511, 1.617, 0.655, -0.334, 3.101, 1.491, -1.059, 0.597, 1.25, 0.255,
        1.388, 0.414, 1.367, 2.37, -0.378, 0.764, -0.102, 0.665, -1.043, -0.253, 0.245, 1.668, 1.989, -1.221, -0.533
    };
    private static final double[] X = {120, 80, 40, 60, 0};
    private static final double[] Y = {90, 100, 30, 100, 20};

    @Test
    void kolmogorovSmirnovIsScipysKs2samp() {
        assertThat(distribution(A).kolmogorovSmirnov(distribution(B))).isCloseTo(0.475, within(1e-12));
        assertThat(distribution(B).kolmogorovSmirnov(distribution(A))).isCloseTo(0.475, within(1e-12));
        assertThat(distribution(A).kolmogorovSmirnov(distribution(A))).isZero();
    }

    @Test
    void wassersteinIsScipysWassersteinDistance() {
        double greatest = Double.MAX_VALUE;
        assertThat(distribution(A).wasserstein(distribution(B), -3, 4)).isCloseTo(0.942, within(1e-12));
        assertThat(distribution(A).deviation(-greatest, greatest)).isCloseTo(0.8104091929389745, within(1e-12));
    }

    @Test
    void wassersteinWithBoundsIsScipysOfClippedNumbers() {
        assertThat(distribution(A).wasserstein(distribution(B), -1, 1)).isCloseTo(0.5820833333333333, within(1e-12));
        assertThat(distribution(A).deviation(-1, 1)).isCloseTo(0.6025382539723101, within(1e-12));
    }

    @Test
    void jensenShannonIsScipysToTheBaseTwo() {
        assertThat(distance(DriftMeasure.JENSEN_SHANNON).value()).isCloseTo(0.22302016647378248, within(1e-12));
    }

    /** And of {@code mutual_info_score} of scikit-learn: the divergence is what a row's bin tells of its side. */
    @Test
    void chiSquaredIsScipysChi2Contingency() {
        ChiSquared test = ChiSquared.of(X, Y);

        assertThat(test.statistic()).isCloseTo(35.57547463429816, within(1e-9));
        assertThat(test.degrees()).isEqualTo(4);
        assertThat(test.pValue(1)).isCloseTo(3.538003979269647e-07, within(1e-15));
        assertThat(distance(DriftMeasure.CHI_SQUARED).pValue()).hasValueCloseTo(3.538003979269647e-07, within(1e-15));
    }

    @Test
    void cramersVIsScipysAssociationOfSidesMadeEqual() {
        assertThat(distance(DriftMeasure.CHI_SQUARED).value()).isCloseTo(0.23959491046876452, within(1e-12));
    }

    @Test
    void populationStabilityIsNumpysWithHalfARowInEachBin() {
        assertThat(distance(DriftMeasure.POPULATION_STABILITY).value()).isCloseTo(0.3207229437755539, within(1e-12));
    }

    @Test
    void populationStabilityOfAShiftedNormalColumnIsTheKnownOne() {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double[] before = quantiles(normal, 0);
        double[] after = quantiles(normal, 1);

        ColumnDrift drift =
                Drift.between(Samples.numbers("x", before), Samples.numbers("x", after), DriftRules.STANDARD);

        // From scipy's norm.cdf: 0.926 over deciles, and a little for what is above the reference's range.
        assertThat(drift.distance(DriftMeasure.POPULATION_STABILITY)
                        .orElseThrow()
                        .value())
                .isCloseTo(0.945, within(0.025));
        assertThat(drift.distance(DriftMeasure.KOLMOGOROV_SMIRNOV).orElseThrow().value())
                .isCloseTo(0.3829, within(0.002));
        assertThat(drift.verdict()).isEqualTo(Verdict.DRIFTED);
    }

    @Test
    void rareColumnsOfATestAreTakenTogether() {
        ChiSquared test = ChiSquared.of(new double[] {50, 1, 2, 0, 47}, new double[] {40, 3, 0, 4, 53});

        // chi2_contingency([[50, 3, 47], [40, 7, 53]])
        assertThat(test.degrees()).isEqualTo(2);
        assertThat(test.statistic()).isCloseTo(3.0711111111111116, within(1e-12));
        assertThat(ChiSquared.of(new double[] {50}, new double[] {40}).pValue(1))
                .isEqualTo(1);
    }

    @Test
    void changesOfSharesHaveNewcombesBounds() {
        Bin bin = new Bin(Bin.Kind.NULL, "null", 48, 56);

        Sizes rows = new Sizes(80, 70);

        ShareChange change = ShareChange.of(bin, rows, rows, new Confidence(0.05));

        // Newcombe 1998, table II, first column, method 10
        assertThat(change.lower()).isCloseTo(0.0524, within(5e-5));
    }

    @Test
    void theNoiseOfWassersteinsDistanceIsThatOfABrownianBridge() {
        double[] uniform = IntStream.range(1, 100).mapToDouble(i -> i / 100.0).toArray();

        WassersteinNoise noise = WassersteinNoise.of(uniform);

        // numpy: the mean and variance of 20,000 simulated bridges
        assertThat(noise.mean()).isCloseTo(0.311, within(0.004));
        assertThat(noise.variance()).isCloseTo(0.0184, within(0.0005));
        assertThat(new Confidence(0.001).positive(noise.mean(), noise.variance()))
                .isBetween(0.97, 1.06);
    }

    @Test
    void noiseIsWhatEqualDistributionsShow() {
        SplittableRandom random = new SplittableRandom(1);
        List<ColumnDrift> drifts = Stream.generate(
                        () -> Drift.between(normal(random, 1000), normal(random, 1500), DriftRules.STANDARD))
                .limit(200)
                .toList();

        for (DriftMeasure measure : DriftMeasure.values()) {
            List<Distance> distances = drifts.stream()
                    .map(drift -> drift.distance(measure).orElseThrow())
                    .toList();
            double shown =
                    distances.stream().mapToDouble(Distance::value).average().getAsDouble();
            double expected =
                    distances.stream().mapToDouble(Distance::noise).average().getAsDouble();
            assertThat(shown / expected).as(measure.title()).isBetween(0.85, 1.1);
        }
    }

    private static NumberProfile normal(SplittableRandom random, int rows) {
        return Samples.numbers(
                "x",
                IntStream.range(0, rows).mapToDouble(i -> random.nextGaussian()).toArray());
    }

    private static double[] quantiles(NormalDistribution normal, double shift) {
        return IntStream.range(0, 2000)
                .mapToDouble(i -> shift + normal.inverseCumulativeProbability((i + 0.5) / 2000))
                .toArray();
    }

    private static Distance distance(DriftMeasure measure) {
        var bins = IntStream.range(0, X.length)
                .mapToObj(i -> new Bin(Bin.Kind.CATEGORY, "c" + i, X[i], Y[i]))
                .toList();
        Sizes sizes = new Sizes(Arrays.stream(X).sum(), Arrays.stream(Y).sum());
        return new BinDistances(bins, sizes, new Confidence(0.01))
                .all().stream()
                        .filter(distance -> distance.measure() == measure)
                        .findFirst()
                        .orElseThrow();
    }

    private static Distribution distribution(double[] values) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return Distribution.of(values, ones);
    }
}

package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericsTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 1, -1, 0.3465, -0.3466, 10.5, -37.2, 700, -700, 708.9})
    void theExponentialIsThatOfTheLibrary(double power) {
        assertThat(Exponential.of(power)).isCloseTo(StrictMath.exp(power), withinPercentage(1e-13));
    }

    @Test
    void theExponentialHasEnds() {
        assertThat(Exponential.of(-1000)).isZero();
        assertThat(Exponential.of(1000)).isInfinite();
        assertThat(Exponential.of(Double.NaN)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 9})
    void factorsSolveAndInvert(int size) {
        double[][] matrix = positiveDefinite(size);
        Cholesky factor = Cholesky.of(Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new));
        double[] wanted = new double[size];
        Arrays.setAll(wanted, i -> i - 1.5);

        double[] solved = factor.solve(times(matrix, wanted));
        double[][] inverse = factor.inverse();
        for (int i = 0; i < size; i++) {
            assertThat(solved[i]).isCloseTo(wanted[i], within(1e-9));
            assertThat(times(matrix, inverse[i])[i]).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void refusesWhatIsNotPositiveDefinite() {
        assertThatThrownBy(() -> Cholesky.of(new double[][] {{1}, {2, 1}}))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("not positive definite in row 1");
    }

    @Test
    void theMinimumMayLieOnABound() {
        BoxMinimizer.Minimum minimum = new BoxMinimizer(100, 1e-14)
                .minimize(
                        (point, gradient) -> {
                            double x = point[0];
                            double y = point[1];
                            gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
                            gradient[1] = 200 * (y - x * x);
                            return 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
                        },
                        new double[] {-1.2, 0.4},
                        new double[] {-2, -2},
                        new double[] {0.5, 2});

        assertThat(minimum.point()[0]).isCloseTo(0.5, within(1e-6));
        assertThat(minimum.point()[1]).isCloseTo(0.25, within(1e-4));
    }

    /** The figures are of SciPy 1.14, log(norm.pdf(z) + z norm.cdf(z)). */
    @ParameterizedTest
    @CsvSource({"2, 0.697385", "0, -0.918939", "-1, -2.485121", "-5, -16.746", "-20, -206.918"})
    void theImprovementKeepsItsLogarithm(double z, double expected) {
        assertThat(LogExpectedImprovement.logImprovement(z)).isCloseTo(expected, within(2e-2));
    }

    @Test
    void farImprovementsStillDiffer() {
        assertThat(LogExpectedImprovement.logImprovement(-1000.0))
                .isGreaterThan(LogExpectedImprovement.logImprovement(-1000.1))
                .isFinite();
    }

    @Test
    void skewedValuesAreBentStraight() {
        double[] values = new double[101];
        Arrays.setAll(values, i -> Math.exp(i * 0.03));
        double[] bent = PowerTransform.of(values);

        assertThat(Arrays.stream(bent).average()).hasValueCloseTo(0.0, within(1e-12));
        assertThat(bent[50]).isBetween(-0.4, 0.4);
        assertThat(bent).isSorted();
        assertThat(PowerTransform.of(new double[] {3, 3, 3})).containsOnly(0);
    }

    private static double[][] positiveDefinite(int size) {
        RandomGenerator random = RandomStream.of(size, 0, "test");
        double[][] root = new double[size][size];
        for (double[] row : root) {
            Arrays.setAll(row, i -> random.nextDouble() - 0.5);
        }
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                matrix[i][j] = Cholesky.dot(root[i], root[j], size) + (i == j ? 0.5 : 0);
            }
        }
        return matrix;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        return Arrays.stream(matrix)
                .mapToDouble(row -> Cholesky.dot(row, vector, vector.length))
                .toArray();
    }
}

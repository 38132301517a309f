package io.trainyard.features.asof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumTest {

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void roundsTheTrueSumToTheNearestDouble(long seed) {
        Random random = new Random(seed);
        for (int trial = 0; trial < 100; trial++) {
            List<Double> values = values(random, random.nextInt(20));
            ExactSum sum = new ExactSum();
            values.forEach(sum::add);
            assertThat(sum.value()).isEqualTo(trueSum(values).doubleValue());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void dependsOnWhatIsInItAndNotOnWhatCameAndLeft(long seed) {
        Random random = new Random(seed);
        List<Double> stay = values(random, 30);
        List<Double> leave = values(random, 30);
        leave.addAll(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        ExactSum sum = new ExactSum();
        List<Double> all = new ArrayList<>(stay);
        all.addAll(leave);
        Collections.shuffle(all, random);
        all.forEach(sum::add);
        assertThat(sum.value()).isNaN();
        Collections.shuffle(leave, random);
        leave.forEach(sum::subtract);
        assertThat(sum.value()).isEqualTo(trueSum(stay).doubleValue());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sumsSquaresExactly(long seed) {
        Random random = new Random(seed);
        List<Double> values = values(random, 10);
        ExactSum squares = new ExactSum();
        values.forEach(squares::addSquare);
        squares.addSquare(1e300);
        squares.subtractSquare(1e300);
        BigDecimal expected =
                values.stream().map(value -> new BigDecimal(value).pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(new BigDecimal(squares.units()).multiply(power(squares.unit())))
                .isEqualByComparingTo(expected);
        assertThat(squares.value()).isEqualTo(expected.doubleValue());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void roundsTheDeviationCorrectly(long seed) {
        Random random = new Random(seed);
        for (int trial = 0; trial < 20; trial++) {
            int count = 2 + random.nextInt(10);
            double offset = random.nextBoolean() ? 0 : random.nextGaussian() * 1e9;
            List<Double> values =
                    random.doubles(count).map(x -> offset + x).boxed().toList();
            ExactSum sum = new ExactSum();
            ExactSum squares = new ExactSum();
            values.forEach(sum::add);
            values.forEach(squares::addSquare);
            assertThat(Deviation.of(count, sum, squares)).isEqualTo(deviation(values));
        }
    }

    @Test
    void ofEqualValuesDeviatesByNothing() {
        ExactSum sum = new ExactSum();
        ExactSum squares = new ExactSum();
        for (int i = 0; i < 3; i++) {
            sum.add(0.1);
            squares.addSquare(0.1);
        }
        assertThat(Deviation.of(3, sum, squares)).isZero();
    }

    @Test
    void carriesBeforeDigitsOverflow() {
        ExactSum sum = new ExactSum();
        for (int i = 0; i < 5_000_000; i++) {
            sum.add(-Math.nextDown(4.0));
        }
        BigDecimal expected = new BigDecimal(-Math.nextDown(4.0)).multiply(BigDecimal.valueOf(5_000_000));
        assertThat(sum.value()).isEqualTo(expected.doubleValue());
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {Double.MIN_VALUE, Double.MAX_VALUE, 0x1p-1022, 0.1, -0.1, 1, -1, 0x1p-1060, -Double.MAX_VALUE})
    void keepsASingleValue(double value) {
        ExactSum sum = new ExactSum();
        sum.add(value);
        assertThat(sum.value()).isEqualTo(value);
    }

    @Test
    void overflowsOnlyWhenRead() {
        ExactSum sum = new ExactSum();
        sum.add(Double.MAX_VALUE);
        sum.add(Double.MAX_VALUE);
        assertThat(sum.value()).isInfinite();
        sum.subtract(Double.MAX_VALUE);
        assertThat(sum.value()).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void infinitiesLeaveAgain() {
        ExactSum sum = new ExactSum();
        sum.add(1);
        sum.add(Double.POSITIVE_INFINITY);
        assertThat(sum.value()).isEqualTo(Double.POSITIVE_INFINITY);
        sum.add(Double.NEGATIVE_INFINITY);
        assertThat(sum.value()).isNaN();
        sum.subtract(Double.POSITIVE_INFINITY);
        assertThat(sum.value()).isEqualTo(Double.NEGATIVE_INFINITY);
        sum.subtract(Double.NEGATIVE_INFINITY);
        assertThat(sum.value()).isEqualTo(1);
    }

    @Test
    void ofNothingIsZero() {
        assertThat(new ExactSum().value()).isZero();
    }

    static double deviation(List<Double> values) {
        MathContext digits = new MathContext(80);
        BigDecimal count = BigDecimal.valueOf(values.size());
        BigDecimal mean = trueSum(values).divide(count, new MathContext(1000));
        BigDecimal spread = values.stream()
                .map(value -> new BigDecimal(value).subtract(mean).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return spread.divide(count.subtract(BigDecimal.ONE), digits)
                .sqrt(digits)
                .doubleValue();
    }

    static BigDecimal trueSum(List<Double> values) {
        return values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal power(int exponent) {
        BigDecimal two = BigDecimal.valueOf(2);
        return exponent >= 0 ? two.pow(exponent) : new BigDecimal(0.5).pow(-exponent);
    }

    /** Of all magnitudes, and close ones, ties and opposites among them. */
    private static List<Double> values(Random random, int count) {
        List<Double> values = new ArrayList<>();
        boolean anyMagnitude = random.nextBoolean();
        for (int i = 0; i < count; i++) {
            double value = anyMagnitude
                    ? Double.longBitsToDouble(random.nextLong())
                    : Math.scalb((double) random.nextInt(1 << 20), random.nextInt(80) - 60);
            if (Double.isFinite(value)) {
                values.add(value);
                if (random.nextInt(4) == 0) {
                    values.add(-value);
                }
            }
        }
        return values;
    }
}

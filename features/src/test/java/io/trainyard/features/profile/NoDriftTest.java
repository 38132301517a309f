package io.trainyard.features.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reference and current rows of one distribution, both drawn anew each time: whatever is not stable is a false alarm, of which one in a
 * hundred is borne.
 */
class NoDriftTest {

    /** Distributions, each of which breaks some simple rule. */
    enum Shape {
        NORMAL,
        LOG_NORMAL,
        CAUCHY,
        FEW_VALUES,
        MOSTLY_ZERO,
        SOME_OUTLIERS,
        SOME_MISSING,
        FEW_TEXTS,
        EQUAL_TEXTS,
        ZIPF_TEXTS,
        IDENTIFIERS;

        ColumnProfile draw(SplittableRandom random, int rows) {
            return switch (this) {
                case NORMAL -> numbers(rows, random::nextGaussian);
                case LOG_NORMAL -> numbers(rows, () -> Math.exp(2 * random.nextGaussian()));
                case CAUCHY -> numbers(rows, () -> Math.tan(Math.PI * (random.nextDouble() - 0.5)));
                case FEW_VALUES -> numbers(rows, () -> Math.floor(5 * random.nextDouble() * random.nextDouble()));
                case MOSTLY_ZERO -> numbers(rows, () -> random.nextInt(50) == 0 ? random.nextGaussian() : 0);
                case SOME_OUTLIERS -> numbers(rows, () -> random.nextInt(2000) == 0 ? 1e6 : random.nextGaussian());
                case SOME_MISSING -> numbers(rows, () -> random.nextInt(20) == 0 ? Double.NaN : random.nextDouble());
                case FEW_TEXTS -> texts(rows, () -> Math.min(random.nextInt(4), random.nextInt(4)));
                case EQUAL_TEXTS -> texts(rows, () -> random.nextInt(250));
                case ZIPF_TEXTS -> texts(rows, () -> (int) Math.pow(2000, random.nextDouble()));
                case IDENTIFIERS -> texts(rows, () -> random.nextInt(1_000_000));
            };
        }

        private static NumberProfile numbers(int rows, DoubleSupplier value) {
            NumberProfiler profiler = Samples.profiler("x");
            for (int i = 0; i < rows; i++) {
                profiler.add(value.getAsDouble());
            }
            return profiler.profile();
        }

        private static TextProfile texts(int rows, IntSupplier category) {
            TextProfiler profiler = new TextProfiler("x");
            for (int i = 0; i < rows; i++) {
                profiler.add(UTF8String.fromString("c" + category.getAsInt()));
            }
            return profiler.profile();
        }
    }

    @ParameterizedTest
    @EnumSource
    void fiveHundredRows(Shape shape) {
        assertThat(alarms(shape, 1000, 500, 500)).hasSizeLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void fiveThousandRows(Shape shape) {
        assertThat(alarms(shape, 100, 5000, 5000)).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void fewRowsAgainstMany(Shape shape) {
        assertThat(alarms(shape, 50, 500, 20_000)).isEmpty();
        assertThat(alarms(shape, 50, 20_000, 500)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void halfAMillionRows(Shape shape) {
        assertThat(alarms(shape, 1, 500_000, 500_000)).isEmpty();
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void fiveThousandRowsAThousandTimes(Shape shape) {
        assertThat(alarms(shape, 1000, 5000, 5000)).hasSizeLessThanOrEqualTo(10);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void halfAMillionRowsAThousandTimes(Shape shape) {
        assertThat(alarms(shape, 1000, 500_000, 500_000)).hasSizeLessThanOrEqualTo(10);
    }

    /** What the columns that were not stable gave as reasons. */
    private static List<String> alarms(Shape shape, int times, int referenceRows, int currentRows) {
        SplittableRandom seeds = new SplittableRandom(11);
        List<SplittableRandom> draws =
                Stream.generate(seeds::split).limit(times).toList();
        return draws.parallelStream()
                .map(random -> Drift.between(
                        shape.draw(random, referenceRows), shape.draw(random, currentRows), DriftRules.STANDARD))
                .filter(drift -> drift.verdict() != Verdict.STABLE)
                .map(drift -> drift.verdict() + ": " + String.join("; ", drift.reasons()))
                .toList();
    }
}

package io.trainyard.features.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.features.profile.NumberProfile.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnProfileTest {

    @Test
    void numbersAreCountedByWhetherTheyAreNumbers() {
        NumberProfiler profiler = Samples.profiler("x");
        profiler.addNull();
        DoubleStream.of(1, 4, Double.NaN, -0.0, 0.0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 7)
                .forEach(profiler::add);

        NumberProfile profile = profiler.profile();

        assertThat(profile.counts()).isEqualTo(new Counts(9, 1, 1, 1, 1));
        assertThat(profile.moments().count()).isEqualTo(5);
        assertThat(profile.moments().minimum()).isZero();
        assertThat(profile.moments().maximum()).isEqualTo(7);
        assertThat(profile.moments().mean()).isEqualTo(2.4);
        assertThat(profile.moments().variance()).isCloseTo(7.44, within(1e-12));
        assertThat(profile.distinct().estimate()).as("both zeros are one").isEqualTo(4);
        assertThat(profile.frequent().counts()).containsEntry(0.0, 2L).containsEntry(7.0, 1L);
        assertThat(profile.quantiles().distribution().quantile(0.5)).isEqualTo(1);
        assertThat(profile.kind()).isEqualTo("number");
    }

    @Test
    void textsAreCounted() {
        TextProfiler profiler = new TextProfiler("city");
        profiler.addNull();
        List.of("Oslo", "Rome", "Oslo", "", "Köln")
                .forEach(text -> profiler.add(org.apache.spark.unsafe.types.UTF8String.fromString(text)));

        TextProfile profile = profiler.profile();

        assertThat(profile.rows()).isEqualTo(6);
        assertThat(profile.nulls()).isEqualTo(1);
        assertThat(profile.distinct().estimate()).isEqualTo(4);
        assertThat(profile.frequent().counts().keySet()).containsExactly("Oslo", "", "Köln", "Rome");
        assertThat(profile.frequent().counts()).containsEntry("Oslo", 2L);
        assertThat(profile.frequent().error()).isZero();
    }

    @Test
    void longTextsAreToldApartWithoutBeingKept() {
        String long1 = "a".repeat(5000) + "1";
        String long2 = "a".repeat(5000) + "2";

        TextProfile profile = Samples.texts("notes", long1, long2, long1);

        assertThat(profile.frequent().counts().values()).containsExactly(2L, 1L);
        assertThat(profile.frequent().counts().keySet())
                .allSatisfy(text -> assertThat(text)
                        .startsWith("aaa")
                        .contains("(5001 bytes, ")
                        .hasSizeLessThan(110));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void mergedNumbersAreTheWholesWithinTheSketchesError(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = IntStream.range(0, 30_000)
                .mapToDouble(i -> 1e6 + Math.exp(random.nextGaussian() * (1 + seed)))
                .toArray();
        NumberProfile merged = Samples.numbers("x");
        for (int from = 0; from < values.length; ) {
            int to = Math.min(values.length, from + 1 + random.nextInt(9000));
            merged = merged.merge(Samples.numbers("x", Arrays.copyOfRange(values, from, to)));
            from = to;
        }

        NumberProfile whole = Samples.numbers("x", values);

        assertThat(merged.counts()).isEqualTo(whole.counts());
        assertThat(merged.moments().mean()).isCloseTo(whole.moments().mean(), within(1e-9 * 1e6));
        assertThat(merged.moments().variance() / whole.moments().variance()).isCloseTo(1, within(1e-9));
        assertThat(merged.moments().minimum()).isEqualTo(whole.moments().minimum());
        assertThat(merged.moments().maximum()).isEqualTo(whole.moments().maximum());
        double[] sorted = Arrays.stream(values).sorted().toArray();
        for (double share = 0.05; share < 1; share += 0.05) {
            double value = sorted[(int) (share * sorted.length)];
            assertThat(merged.quantiles().distribution().shareUpTo(value)).isCloseTo(share, within(0.004));
        }
        assertThat((double) merged.distinct().estimate()).isCloseTo(30_000, within(0.06 * 30_000));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void mergedTextsAreTheWholesWithinTheSketchesError(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> values = IntStream.range(0, 40_000)
                .mapToObj(i -> "c" + (int) Math.pow(20_000, random.nextDouble()))
                .toList();
        TextProfile merged = Samples.texts("c", List.of());
        List<String> rest = new ArrayList<>(values);
        while (!rest.isEmpty()) {
            List<String> part = rest.subList(0, Math.min(rest.size(), 1 + random.nextInt(9000)));
            merged = merged.merge(Samples.texts("c", part));
            part.clear();
        }

        assertThat(merged.rows()).isEqualTo(values.size());
        assertThat(merged.frequent().error()).isLessThan((long) (0.0009 * values.size()));
        double exact = values.stream().filter("c7"::equals).count();
        assertThat((double) merged.frequent().counts().get("c7")).isCloseTo(exact, within(40.0));
        double distinct = values.stream().distinct().count();
        assertThat((double) merged.distinct().estimate()).isCloseTo(distinct, within(0.06 * distinct));
    }

    @Test
    void theSpreadOfNumbersFarFromZeroIsNotLost() {
        double[] values = IntStream.range(0, 2000).mapToDouble(i -> 1e9 + i % 2).toArray();

        NumberProfile whole = Samples.numbers("x", values).merge(Samples.numbers("x", values));

        assertThat(whole.moments().variance()).isEqualTo(0.25);
        assertThat(Samples.numbers("x", 0.1, 0.1, 0.1).moments().variance()).isZero();
    }

    @Test
    void numbersAtTheEndsOfDoublesHaveAMeanInTheirRange() {
        Moments ends = Samples.numbers("x", -Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE)
                .moments();

        assertThat(ends.mean()).isBetween(-Double.MAX_VALUE, Double.MAX_VALUE);
        assertThat(ends.merge(ends).variance()).isInfinite();
    }

    @Test
    void nothingMergesWithAnything() {
        NumberProfile some = Samples.numbers("x", 1, 2);

        assertThat(Samples.numbers("x").merge(some).moments()).isEqualTo(some.moments());
        assertThat(some.merge(Samples.numbers("x")).moments()).isEqualTo(some.moments());
        assertThat(new BooleanProfile("b", 0, 0, 0).merge(new BooleanProfile("b", 5, 1, 2)))
                .isEqualTo(new BooleanProfile("b", 5, 1, 2));
    }

    @Test
    void columnsThatAreNotTheSameAreNotMerged() {
        NumberProfile x = Samples.numbers("x", 1);
        NumberProfile date =
                new NumberProfile("x", Scale.DATE, x.counts(), x.moments(), x.quantiles(), x.frequent(), x.distinct());

        assertThatThrownBy(() -> x.merge(Samples.numbers("y", 1)))
                .hasMessage(
                        "Cannot merge the profile of column 'x' (number) with that of column 'y' (number); both must be of one column and kind");
        assertThatThrownBy(() -> x.merge(date))
                .hasMessageContaining("column 'x' (number) with that of column 'x' (date)");
        assertThatThrownBy(() -> Samples.texts("x", "a").merge(x)).hasMessageContaining("'x' (text)");
        assertThatThrownBy(() -> new BooleanProfile("x", 1, 0, 0).merge(x)).hasMessageContaining("'x' (boolean)");
        assertThatThrownBy(() -> Samples.of(x).merge(new Profile(0, List.of())))
                .hasMessage("Cannot merge a profile of 1 columns with one of 0; profile the same columns");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new Counts(3, 2, 1, 1, 0))
                .hasMessage("3 rows cannot hold 2 nulls, 1 NaN and 1 infinities");
        assertThatThrownBy(() -> new Counts(3, -1, 0, 0, 0)).hasMessageContaining("nulls are -1");
        assertThatThrownBy(() -> new BooleanProfile("b", 3, 2, 2))
                .hasMessage("Column 'b' cannot have 2 nulls and 2 trues in 3 rows");
        assertThatThrownBy(() -> new Moments(1, 2, 1, 1, 0)).hasMessageContaining("minimum 2.0, maximum 1.0");
        assertThatThrownBy(() -> new Profile(2, List.of(new BooleanProfile("b", 3, 0, 0))))
                .hasMessage("A profile of 2 rows cannot hold column 'b' of 3 rows");
        assertThatThrownBy(() ->
                        new Profile(3, List.of(new BooleanProfile("b", 3, 0, 0), new BooleanProfile("b", 3, 0, 0))))
                .hasMessage("A profile holds each column once, but 'b' twice");
    }
}

package io.trainyard.features.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftTest {

    private static final int ROWS = 5000;

    @Test
    void aShiftByAFifthOfADeviationIsFound() {
        List<ColumnDrift> drifts = IntStream.range(0, 100)
                .mapToObj(SplittableRandom::new)
                .map(random -> compare(normal(random, 0), normal(random, 0.2)))
                .toList();

        assertThat(drifts).extracting(ColumnDrift::verdict).doesNotContain(Verdict.STABLE);
        List<ColumnDrift> drifted = drifts.stream()
                .filter(drift -> drift.verdict() == Verdict.DRIFTED)
                .toList();
        assertThat(drifted).hasSizeGreaterThan(90);
        assertThat(drifted.get(0).reasons())
                .singleElement()
                .asString()
                .matches("Wasserstein distance in standard deviations is 0\\.\\d+, surely above 0\\.1\\d* "
                        + "\\(drift from 0\\.1 on; chance alone shows 0\\.0\\d+\\)");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aNewCategoryOfThreePercentIsDrift(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> before = categories(random);
        List<String> after = categories(random).stream()
                .map(category -> random.nextDouble() < 0.03 ? "new one" : category)
                .toList();

        ColumnDrift drift = Drift.between(Samples.texts("c", before), Samples.texts("c", after), DriftRules.STANDARD);

        assertThat(drift.verdict()).isEqualTo(Verdict.DRIFTED);
        assertThat(drift.reasons().get(0))
                .matches("new categories are [234]\\.?\\d* % of rows, where they were 0 %: "
                        + "surely a change of more than [123]\\.?\\d* % \\(drift from 1 % on\\)");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nullsFromNoneToFivePercentAreDrift(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        NumberProfiler after = Samples.profiler("x");
        for (double value : normal(random, 0)) {
            if (random.nextDouble() < 0.05) {
                after.addNull();
            } else {
                after.add(value);
            }
        }

        ColumnDrift drift =
                Drift.between(Samples.numbers("x", normal(random, 0)), after.profile(), DriftRules.STANDARD);

        assertThat(drift.verdict()).isEqualTo(Verdict.DRIFTED);
        assertThat(drift.reasons()).anySatisfy(reason -> assertThat(reason).startsWith("nulls are "));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anOutlierIsNoDriftNorHidesAny(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] outlier = normal(random, 0);
        outlier[random.nextInt(ROWS)] = 1e6;

        ColumnDrift now = compare(normal(random, 0), outlier);

        assertThat(now.verdict()).as(now.reasons().toString()).isEqualTo(Verdict.STABLE);
        assertThat(now.reasons()).containsExactly("no measure is surely above its threshold");
        assertThat(compare(outlier, normal(random, 0)).verdict()).isEqualTo(Verdict.STABLE);
        assertThat(compare(outlier, normal(random, 0.25)).verdict()).isEqualTo(Verdict.DRIFTED);
        double[] shifted = normal(random, 0.25);
        shifted[0] = 1e6;
        assertThat(compare(normal(random, 0), shifted).verdict()).isEqualTo(Verdict.DRIFTED);
    }

    @Test
    void whatIsOutOfRangeOrNoNumberHasBinsOfItsOwn() {
        double[] before = IntStream.rangeClosed(1, 1000).mapToDouble(i -> i).toArray();
        double[] after = before.clone();
        Arrays.fill(after, 0, 50, -5);
        Arrays.fill(after, 50, 90, 2000);
        Arrays.fill(after, 90, 120, Double.NaN);
        Arrays.fill(after, 120, 140, Double.POSITIVE_INFINITY);
        Arrays.fill(after, 140, 150, Double.NEGATIVE_INFINITY);

        ColumnDrift drift = compare(before, after);

        assertThat(drift.bins())
                .filteredOn(bin -> bin.kind() != Bin.Kind.RANGE)
                .containsExactly(
                        new Bin(Bin.Kind.BELOW, "< 1.0", 0, 50),
                        new Bin(Bin.Kind.ABOVE, "> 1000.0", 0, 40),
                        new Bin(Bin.Kind.NEGATIVE_INFINITY, "-infinity", 0, 10),
                        new Bin(Bin.Kind.POSITIVE_INFINITY, "infinity", 0, 20),
                        new Bin(Bin.Kind.NOT_A_NUMBER, "NaN", 0, 30));
        assertThat(drift.bins()).filteredOn(bin -> bin.kind() == Bin.Kind.RANGE).hasSize(10);
        assertThat(drift.bins().get(1)).isEqualTo(new Bin(Bin.Kind.RANGE, "1.0 to 100.0", 100, 0));
        assertThat(drift.bins().get(2)).isEqualTo(new Bin(Bin.Kind.RANGE, "> 100.0 to 200.0", 100, 50));
        assertThat(drift.shares()).extracting(ShareChange::kind).hasSize(5);
        assertThat(drift.verdict()).isEqualTo(Verdict.DRIFTED);
    }

    @Test
    void equalNumbersShareABin() {
        double[] before =
                IntStream.range(0, 1000).mapToDouble(i -> i < 600 ? 0 : i).toArray();

        List<Bin> bins = ReferenceBins.of(Samples.numbers("x", before)).count(Samples.numbers("x", before));

        assertThat(bins)
                .extracting(Bin::label)
                .containsExactly(
                        "0.0 to 0.0", "> 0.0 to 699.0", "> 699.0 to 799.0", "> 799.0 to 899.0", "> 899.0 to 999.0");
        assertThat(bins).extracting(Bin::reference).containsExactly(600.0, 100.0, 100.0, 100.0, 100.0);
    }

    @Test
    void rareCategoriesShareABin() {
        List<String> before = new ArrayList<>();
        IntStream.range(0, 1000)
                .mapToObj(i -> i < 900 ? "often" : "rare " + i % 50)
                .forEach(before::add);

        List<Bin> bins = ReferenceBins.of(Samples.texts("c", before))
                .count(Samples.texts("c", List.of("often", "rare 7", "never")));

        assertThat(bins)
                .containsExactly(
                        new Bin(Bin.Kind.CATEGORY, "often", 900, 1),
                        new Bin(Bin.Kind.OTHER, "other", 100, 1),
                        new Bin(Bin.Kind.NEW, "new", 0, 1));
    }

    @Test
    void aColumnThatChangedItsKindOrIsGoneOrNewHasDrifted() {
        DriftReport report = Drift.between(
                Samples.of(Samples.numbers("a", 1), Samples.numbers("b", 1)),
                Samples.of(Samples.texts("b", "1"), Samples.numbers("c", 1)),
                DriftRules.STANDARD);

        assertThat(report.worst()).isEqualTo(Verdict.DRIFTED);
        assertThat(report.columns())
                .extracting(
                        ColumnDrift::column,
                        ColumnDrift::verdict,
                        drift -> drift.reasons().get(0))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "a", Verdict.DRIFTED, "the column is missing; the reference has it"),
                        org.assertj.core.groups.Tuple.tuple(
                                "b", Verdict.DRIFTED, "the column is of kind text, where it was number"),
                        org.assertj.core.groups.Tuple.tuple(
                                "c", Verdict.DRIFTED, "the column is new; the reference does not have it"));
    }

    @Test
    void fewRowsAreNotJudged() {
        ColumnDrift drift = compare(new double[] {1, 2, 3}, normal(new SplittableRandom(1), 9));

        assertThat(drift.verdict()).isEqualTo(Verdict.STABLE);
        assertThat(drift.reasons())
                .containsExactly(
                        "not judged: 3 rows of the reference and 5000 current ones, where 100 of each are needed");
    }

    @Test
    void columnsWithoutAnyNumberOrWithOneAreCompared() {
        double[] nothing = new double[200];
        Arrays.fill(nothing, Double.NaN);
        double[] one = new double[200];

        assertThat(compare(nothing, nothing).verdict()).isEqualTo(Verdict.STABLE);
        assertThat(compare(one, one).verdict()).isEqualTo(Verdict.STABLE);
        assertThat(compare(nothing, one).verdict()).isEqualTo(Verdict.DRIFTED);
        assertThat(compare(one, nothing).verdict()).isEqualTo(Verdict.DRIFTED);
        assertThat(compare(one, normal(new SplittableRandom(1), 0)).verdict()).isEqualTo(Verdict.DRIFTED);
    }

    @Test
    void truthValuesAreCompared() {
        BooleanProfile before = new BooleanProfile("b", 5000, 0, 1000);

        assertThat(Drift.between(before, new BooleanProfile("b", 5000, 0, 1050), DriftRules.STANDARD)
                        .verdict())
                .isEqualTo(Verdict.STABLE);
        assertThat(Drift.between(before, new BooleanProfile("b", 5000, 0, 2500), DriftRules.STANDARD)
                        .verdict())
                .isEqualTo(Verdict.DRIFTED);
    }

    @Test
    void storedProfilesAreComparedWithoutATable() {
        SplittableRandom random = new SplittableRandom(1);
        Profile before = Samples.of(Samples.numbers("x", normal(random, 0)));
        Profile after = Samples.of(Samples.numbers("x", normal(random, 0.3)));

        DriftReport stored = Drift.between(
                ProfileJson.read(ProfileJson.write(before)),
                ProfileJson.read(ProfileJson.write(after)),
                DriftRules.STANDARD);

        assertThat(stored).isEqualTo(Drift.between(before, after, DriftRules.STANDARD));
        assertThat(stored.column("x").orElseThrow().verdict()).isEqualTo(Verdict.DRIFTED);
    }

    private static ColumnDrift compare(double[] before, double[] after) {
        return Drift.between(Samples.numbers("x", before), Samples.numbers("x", after), DriftRules.STANDARD);
    }

    private static double[] normal(SplittableRandom random, double shift) {
        return IntStream.range(0, ROWS)
                .mapToDouble(i -> shift + random.nextGaussian())
                .toArray();
    }

    private static List<String> categories(SplittableRandom random) {
        return IntStream.range(0, ROWS).mapToObj(i -> "c" + random.nextInt(8)).toList();
    }
}

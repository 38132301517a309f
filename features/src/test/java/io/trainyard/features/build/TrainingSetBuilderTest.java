package io.trainyard.features.build;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.build.FeatureColumn.Kind;
import io.trainyard.features.build.TrainingSetBuilder.Result;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Split.ColumnSplit;
import io.trainyard.features.view.Split.HashSplit;
import io.trainyard.features.view.Split.TimeSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class TrainingSetBuilderTest {

    private final SparkSession spark;

    @TempDir
    Path folder;

    private TrainingSetBuilder builder;

    TrainingSetBuilderTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void createBuilder() {
        builder = new TrainingSetBuilder(
                spark, ZoneOffset.UTC, folder.resolve("tables").toString());
    }

    @Test
    void allColumnsWithoutAnotherRoleAreFeatures() throws IOException {
        Path rows = write(
                "rows.csv", "id,y,w,note,amount,day,ok,at", forty("%d,0,2,x,1.5,2018-08-08,true,2018-08-08 10:00:00"));

        Result result = build(Fraud.over(rows.toString()).key("ID").weight("w").drop("NOTE"));

        assertThat(result.reused()).isFalse();
        assertThat(result.dropped()).isEmpty();
        assertThat(result.set().label()).isEqualTo("y");
        assertThat(result.set().table().rows()).isEqualTo(40);
        assertThat(result.set().features())
                .containsExactly(
                        new FeatureColumn("amount", "amount", Kind.NUMBER),
                        new FeatureColumn("day", "day", Kind.DATE),
                        new FeatureColumn("ok", "ok", Kind.BOOLEAN),
                        new FeatureColumn("at", "at", Kind.TIMESTAMP));
        assertThat(result.set().rows(spark).schema().toDDL())
                .isEqualTo("_key INT,_label INT,_weight DOUBLE,_search STRING,_final STRING,"
                        + "amount DOUBLE,day DATE,ok BOOLEAN,at TIMESTAMP");
        assertThat(result.set().rows(spark).select("_weight").distinct().first().getDouble(0))
                .isEqualTo(2.0);
    }

    @Test
    void rowsAreTheSameWhateverTheOrderAndTheFilesTheyComeIn() throws IOException {
        List<String> lines = Stream.concat(IntStream.range(0, 60).mapToObj("%d,0"::formatted), Stream.of("7,0", "7,0"))
                .toList();
        List<String> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, new Random(7));
        Path one = write("one/rows.csv", "x,y", lines);
        write("two/a.csv", "x,y", shuffled.subList(0, 20));
        write("two/b.csv", "x,y", shuffled.subList(20, shuffled.size()));

        List<String> expected = json(build(Fraud.over(one.toString())));
        List<String> actual = json(build(Fraud.over(folder.resolve("two").toString())));

        assertThat(actual).isEqualTo(expected).hasSize(62).doesNotHaveDuplicates();
        assertThat(expected).isSorted();
    }

    @Test
    void rowsOfEqualContentStayInOnePart() throws IOException {
        List<String> lines =
                IntStream.range(0, 120).mapToObj(i -> (i % 12) + ",0").toList();
        Result result = build(Fraud.over(write("rows.csv", "x,y", lines).toString()));

        assertThat(result.set()
                        .rows(spark)
                        .groupBy("x")
                        .agg(expr("count(distinct struct(_search, _final)) AS parts"))
                        .filter("parts > 1")
                        .count())
                .isZero();
        assertThat(result.set().rows(spark).select("_key").distinct().count()).isEqualTo(120);
    }

    @Test
    void rowsOfOneCustomerStayInOnePart() throws IOException {
        List<String> lines = IntStream.range(0, 120)
                .mapToObj(i -> i + "," + (i < 60 ? String.valueOf(i % 12) : "") + ",0")
                .toList();
        Path rows = write("rows.csv", "x,customer,y", lines);

        Result result = build(Fraud.over(rows.toString())
                .key("x")
                .split(new HashSplit(0.3, 0.3, 1, Optional.of("customer")))
                .features(Map.of("customer", "customer")));

        assertThat(result.set()
                        .rows(spark)
                        .filter("customer is not null")
                        .groupBy("customer")
                        .agg(expr("count(distinct struct(_search, _final)) AS parts"))
                        .filter("parts > 1")
                        .count())
                .isZero();
        assertThat(result.set()
                        .rows(spark)
                        .filter("customer is null")
                        .select("_final")
                        .distinct()
                        .count())
                .as("rows without a customer are on their own")
                .isEqualTo(2);
    }

    @Test
    void featuresAreComputedAndKeepTheirNames() throws IOException {
        Path rows = write("rows.csv", "größe [m],a b,at,y", forty("%d,3,2018-08-08 23:30:00,0"));
        Map<String, String> features = new LinkedHashMap<>();
        features.put("size [m]", "`größe [m]` * 2");
        features.put("größe", "`größe [m]`");
        features.put("Größe", "`a b`");
        features.put("night, or not", "hour(at) >= 22");

        TrainingSet set = build(Fraud.over(rows.toString()).features(features)).set();

        assertThat(set.features())
                .extracting(FeatureColumn::name, FeatureColumn::column, FeatureColumn::kind)
                .containsExactly(
                        tuple("size [m]", "size__m_", Kind.NUMBER),
                        tuple("größe", "größe", Kind.NUMBER),
                        tuple("Größe", "Größe_2", Kind.NUMBER),
                        tuple("night, or not", "night__or_not", Kind.BOOLEAN));
        assertThat(set.rows(spark)
                        .filter("`größe` = 7 and size__m_ = 14 and `Größe_2` = 3 and night__or_not")
                        .count())
                .isEqualTo(1);
        assertThat(build(Fraud.over(rows.toString())).set().features())
                .extracting(FeatureColumn::column)
                .containsExactly("größe__m_", "a_b", "at");
    }

    @Test
    void theSameOverTheSameIsReused() throws IOException {
        Path rows = write("rows.csv", "x,y", forty("%d,0"));
        Fraud fraud = Fraud.over(rows.toString());
        Result first = build(fraud);

        Result again = build(fraud);

        assertThat(again.reused()).isTrue();
        assertThat(again).usingRecursiveComparison().ignoringFields("reused").isEqualTo(first);
    }

    @Test
    void changedFilesAndChangedDeclarationsAreNewVersions() throws IOException {
        Path rows = write("rows.csv", "x,y", forty("%d,0"));
        Fraud fraud = Fraud.over(rows.toString());
        TrainingSet first = build(fraud).set();
        write("rows.csv", "x,y", forty("1%d,0"));

        TrainingSet second = build(fraud).set();
        TrainingSet third =
                build(fraud.split(new HashSplit(0.3, 0.3, 2, Optional.empty()))).set();

        assertThat(List.of(first, second, third))
                .extracting(set -> set.table().version())
                .containsExactly(0L, 1L, 2L);
        assertThat(List.of(first, second, third))
                .extracting(TrainingSet::fingerprint)
                .doesNotHaveDuplicates();
        assertThat(first.rows(spark).filter("x < 40").count()).isEqualTo(40);
    }

    @Test
    void asOfLeavesOutLaterRowsAndIsImmaterialAfterTheLast() throws IOException {
        Path rows = write(
                "rows.csv",
                "at,x,y",
                IntStream.range(0, 60)
                        .mapToObj(i -> "2018-08-08 10:%02d:00,%d,0".formatted(i, i))
                        .toList());
        Fraud fraud = Fraud.over(rows.toString()).eventTime("at");

        Result unbounded = build(fraud, "2018-08-09T00:00:00Z");
        Result later = build(fraud, "2018-08-10T00:00:00Z");
        Result bounded = build(fraud, "2018-08-08T10:50:00Z");

        assertThat(unbounded.set().table().rows()).isEqualTo(60);
        assertThat(later.reused()).isTrue();
        assertThat(bounded.reused()).isFalse();
        assertThat(bounded.dropped()).containsExactly(Map.entry("at or after as-of", 10L));
        assertThat(bounded.set().rows(spark).selectExpr("max(x)").first().getInt(0))
                .isEqualTo(49);
    }

    @Test
    void rowsWithoutLabelOrTimeAreDroppedAndCounted() throws IOException {
        Path rows = write(
                "rows.csv",
                "at,x,y",
                Stream.concat(
                                forty("2018-08-08 10:00:00,%d,1.5").stream(),
                                Stream.of("2018-08-08 10:00:00,41,", "2018-08-08 10:00:00,42,NaN", ",43,1", ",44,"))
                        .toList());

        Result result = build(Fraud.over(rows.toString()).eventTime("at"));

        assertThat(result.dropped()).isEqualTo(Map.of("null label", 2L, "null event time", 2L));
        assertThat(result.set().table().rows()).isEqualTo(40);
    }

    @Test
    void timeSplitPutsDaysWhereTheyBelong() throws IOException {
        Path rows = write(
                "rows.csv",
                "day,y",
                LocalDate.parse("2018-07-01")
                        .datesUntil(LocalDate.parse("2018-08-20"))
                        .map(day -> day + ",0")
                        .toList());
        LocalDate from = LocalDate.parse("2018-08-08");
        TimeSplit split = new TimeSplit(
                Period.ofDays(7),
                Period.ofDays(7),
                Period.ofDays(7),
                from.atStartOfDay(),
                from.plusDays(7).atStartOfDay());

        Result result = build(Fraud.over(rows.toString())
                .eventTime("day")
                .features(Map.of("day", "day"))
                .split(split));

        assertThat(result.sizes()).isEqualTo(new SplitSizes(7, 7, 7, 7));
        assertThat(result.dropped()).isEqualTo(Map.of("outside the split", 50L - 21L));
        assertThat(days(result, "_search = 'train'")).isEqualTo("2018-07-11 2018-07-17");
        assertThat(days(result, "_search = 'validation'")).isEqualTo("2018-07-25 2018-07-31");
        assertThat(days(result, "_final = 'train'")).isEqualTo("2018-07-25 2018-07-31");
        assertThat(days(result, "_final = 'test'")).isEqualTo("2018-08-08 2018-08-14");
    }

    @Test
    void testRowsOfTheirOwnAreTheTest() throws IOException {
        Path rows = write("rows.csv", "x,y,part", forty("%d,0,a"));
        Path tests = write("tests.csv", "y,x,part", List.of("0,0.5,a", "0,7,a", ",8,a"));

        Result result = build(Fraud.over(rows.toString()).testRows(tests.toString()));

        assertThat(result.sizes().finalTrain()).isEqualTo(40);
        assertThat(result.sizes().finalTest()).isEqualTo(2);
        assertThat(result.sizes().searchTrain() + result.sizes().searchValidation())
                .isEqualTo(40);
        assertThat(result.dropped()).isEqualTo(Map.of("null label", 1L));
        assertThat(result.set().inputs()).extracting(Input::source).containsExactly("rows", "tests");
        assertThat(result.set()
                        .rows(spark)
                        .filter("_final = 'test' and _search is null and x in (0.5, 7)")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void testRowsMustHaveTheSameColumnsAndKinds() throws IOException {
        Fraud fraud = Fraud.over(write("rows.csv", "x,y", forty("%d,0")).toString());
        Path missing = write("missing.csv", "z,y", List.of("1,0"));
        Path text = write("text.csv", "x,y", List.of("many,0"));

        assertThatThrownBy(() -> build(fraud.testRows(missing.toString())))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("column 'x' not found in source 'tests'");
        assertThatThrownBy(() -> build(fraud.testRows(text.toString())))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot test on source 'tests': 'x' is TEXT there, but NUMBER in source 'rows'");
    }

    @Test
    void keysMustBeUniqueAcrossRowsAndTestRows() throws IOException {
        Fraud fraud = Fraud.over(write("rows.csv", "id,y,x", forty("%d,0,1")).toString())
                .key("id");
        Path tests = write("tests.csv", "id,y,x", List.of("7,0,1"));
        Path twice = write("twice.csv", "id,y,x", forty("1,0,1"));
        Path gaps = write(
                "gaps.csv",
                "id,y,x",
                Stream.concat(forty("%d,0,1").stream(), Stream.of(",0,1")).toList());

        assertThatThrownBy(() -> build(fraud.testRows(tests.toString())))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("it repeats, such as 7 (2 rows)");
        assertThatThrownBy(() -> build(Fraud.over(twice.toString())
                        .key("x")
                        .features(Map.of("f", "id"))
                        .split(new ColumnSplit("id", Set.of("1"), Set.of("2"), Set.of("3")))))
                .hasMessageContaining("every part needs some");
        assertThatThrownBy(() -> build(Fraud.over(gaps.toString()).key("id")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot use column 'id' as key of training set 'fraud': it is null in 1 rows");
    }

    @Test
    void failedDataNeverBecomeAVersion() throws IOException {
        Path rows = write(
                "rows.csv",
                "id,y,x",
                Stream.concat(forty("%d,0,1").stream(), Stream.of("7,0,1")).toList());

        assertThatThrownBy(() -> build(Fraud.over(rows.toString()).key("id"))).isInstanceOf(SourceException.class);

        assertThat(new VersionedTable(spark, folder.resolve("tables/fraud").toString()).history())
                .isEmpty();
    }

    @Test
    void namesThatAreNotThereAreNamed() throws IOException {
        Fraud fraud = Fraud.over(write("rows.csv", "amount,tx_time,y", forty("%d,2018-08-08 10:00:00,0"))
                .toString());

        assertThatThrownBy(() -> build(fraud.features(Map.of("amount", "amout * 2"))))
                .isInstanceOf(SourceException.class)
                .hasMessage("Cannot compute feature 'amount' = amout * 2: column 'amout' not found in source 'rows' "
                        + "(did you mean 'amount'?)");
        assertThatThrownBy(() -> build(fraud.label("is_fraud")))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot use as label 'is_fraud' in training set 'fraud': column 'is_fraud' not found in source "
                                + "'rows' (there are: amount, tx_time, y)");
        assertThatThrownBy(() -> build(fraud.drop("amuont")))
                .hasMessageContaining("Cannot drop 'amuont' from training set 'fraud'")
                .hasMessageContaining("did you mean 'amount'?");
        assertThatThrownBy(() -> build(fraud.eventTime("time")))
                .hasMessageContaining("Cannot read the event time of source 'rows': column 'time' not found");
        assertThatThrownBy(() -> build(fraud.features(Map.of("f", "amount +"))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot compute feature 'f' = amount +: ");
    }

    @Test
    void featuresThatDependOnMoreThanTheirRowAreRefused() throws IOException {
        Fraud fraud = Fraud.over(write("rows.csv", "x,y", forty("%d,0")).toString());

        for (String sql : List.of("sum(x)", "row_number() over (order by x)", "explode(array(x))")) {
            assertThatThrownBy(() -> build(fraud.features(Map.of("f", sql))))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("Cannot compute feature 'f' = %s: it depends on other rows", sql);
        }
        for (String sql : List.of("rand()", "now()", "current_date()", "x + (select 1)")) {
            assertThatThrownBy(() -> build(fraud.features(Map.of("f", sql))))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("Cannot compute feature 'f' = %s: it depends on more than the row", sql);
        }
    }

    @Test
    void typesThatNoModelTakesAreRefused() {
        Source lists = Source.of("rows", new Location.Query("SELECT id, array(id) AS many, 0 AS y FROM range(40)"));

        assertThatThrownBy(() -> build(Fraud.over("unused").rows(lists)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot use 'many' of source 'rows' as a feature: it is of type array<bigint>")
                .hasMessageContaining("drop it");
        assertThatThrownBy(() -> build(Fraud.over("unused").rows(lists).label("many")))
                .hasMessageContaining(
                        "Cannot use as label column 'many' of source 'rows': it is of type array<bigint>");
        assertThat(build(Fraud.over("unused").rows(lists).drop("many")).set().features())
                .extracting(FeatureColumn::name)
                .containsExactly("id");
    }

    @Test
    void zonelessTimestampsNeverReachTheTable() {
        Source rows = Source.of(
                "rows",
                new Location.Query("SELECT id, TIMESTAMP_NTZ'2018-08-08 10:00:00' AS at, 0 AS y FROM range(40)"));
        Map<String, String> features = Map.of("made", "to_timestamp_ntz('2018-08-08 11:00:00')");

        TrainingSet set = build(Fraud.over("unused").rows(rows)).set();
        TrainingSet made =
                build(Fraud.over("unused").rows(rows).features(features)).set();

        assertThat(set.rows(spark).schema().apply("at").dataType().simpleString())
                .isEqualTo("timestamp");
        assertThat(made.rows(spark).schema().apply("made").dataType().simpleString())
                .isEqualTo("timestamp");
        assertThat(made.rows(spark).selectExpr("cast(made as string)").first().getString(0))
                .isEqualTo("2018-08-08 11:00:00");
    }

    @Test
    void emptyRowsLabelsAndPartsAreRefused() throws IOException {
        Path none = write("none.csv", "x,y", List.of());
        Path unlabelled = write("unlabelled.csv", "x,y", forty("%d,"));
        Path rows = write("rows.csv", "x,y", forty("%d,0"));

        assertThatThrownBy(() -> build(Fraud.over(none.toString()).label("x").features(Map.of("y", "y"))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot build training set 'fraud': source 'rows' has no rows");
        assertThatThrownBy(() -> build(Fraud.over(unlabelled.toString())))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("label 'y' is null in all 40 rows of source 'rows'");
        assertThatThrownBy(() -> build(
                        Fraud.over(rows.toString()).split(new ColumnSplit("y", Set.of("0"), Set.of("1"), Set.of("2")))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(
                        "Cannot split training set 'fraud' by column 'y' (train [0], validation [1], test [2])")
                .hasMessageContaining("40 rows train and 0 validate in the search");
    }

    @Test
    void weightsMustBeWeights() throws IOException {
        Path rows = write(
                "rows.csv",
                "x,y,w",
                Stream.concat(forty("%d,0,1").stream(), Stream.of("41,0,-1", "42,0,"))
                        .toList());

        assertThatThrownBy(() -> build(Fraud.over(rows.toString()).weight("w")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot use column 'w' as weight in training set 'fraud'")
                .hasMessageContaining("2 rows have a negative weight or none, such as -1");
    }

    private Result build(Fraud fraud) {
        return builder.build(fraud.definition(), Optional.empty());
    }

    private Result build(Fraud fraud, String asOf) {
        return builder.build(fraud.definition(), Optional.of(Instant.parse(asOf)));
    }

    private List<String> json(Result result) {
        return result.set().rows(spark).toJSON().collectAsList();
    }

    private String days(Result result, String condition) {
        return result.set()
                .rows(spark)
                .filter(condition)
                .selectExpr("concat(min(day), ' ', max(day))")
                .first()
                .getString(0);
    }

    private Path write(String name, String header, List<String> lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(
                file, Stream.concat(Stream.of(header), lines.stream()).toList());
    }

    private static List<String> forty(String line) {
        return IntStream.range(0, 40).mapToObj(line::formatted).toList();
    }
}

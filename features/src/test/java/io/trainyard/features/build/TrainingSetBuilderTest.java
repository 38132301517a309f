package io.trainyard.features.build;

import static io.trainyard.features.build.TestPipeline.forty;
import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.build.FeatureColumn.Kind;
import io.trainyard.features.build.TrainingSetBuilder.Result;
import io.trainyard.features.view.Split.HashSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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

    private TestPipeline pipeline;

    TrainingSetBuilderTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void createPipeline() {
        pipeline = new TestPipeline(spark, folder);
    }

    @Test
    void allColumnsWithoutAnotherRoleAreFeatures() throws IOException {
        Path rows = pipeline.write(
                "rows.csv", "id,y,w,note,amount,day,ok,at", forty("%d,0,2,x,1.5,2018-08-08,true,2018-08-08 10:00:00"));

        Result result = pipeline.build(Fraud.over(rows).key("ID").weight("w").drop("NOTE"));

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
                .isEqualTo(
                        "_key INT,_label INT,_weight DOUBLE,_train_folds BIGINT,_validation_folds BIGINT,_final STRING,"
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
        Path one = pipeline.write("one/rows.csv", "x,y", lines);
        pipeline.write("two/a.csv", "x,y", shuffled.subList(0, 20));
        pipeline.write("two/b.csv", "x,y", shuffled.subList(20, shuffled.size()));

        List<String> expected = pipeline.json(pipeline.build(Fraud.over(one)));
        List<String> actual = pipeline.json(pipeline.build(Fraud.over(folder.resolve("two"))));

        assertThat(actual).isEqualTo(expected).hasSize(62).doesNotHaveDuplicates();
        assertThat(expected).isSorted();
    }

    @Test
    void theSameOverTheSameIsReused() throws IOException {
        Path rows = pipeline.write("rows.csv", "x,y", forty("%d,0"));
        Fraud fraud = Fraud.over(rows);
        Result first = pipeline.build(fraud);

        Result again = pipeline.build(fraud);

        assertThat(again.reused()).isTrue();
        assertThat(again).usingRecursiveComparison().ignoringFields("reused").isEqualTo(first);
    }

    @Test
    void changedFilesAndChangedDeclarationsAreNewVersions() throws IOException {
        Path rows = pipeline.write("rows.csv", "x,y", forty("%d,0"));
        Fraud fraud = Fraud.over(rows);
        TrainingSet first = pipeline.build(fraud).set();
        pipeline.write("rows.csv", "x,y", forty("1%d,0"));

        TrainingSet second = pipeline.build(fraud).set();
        TrainingSet third = pipeline.build(fraud.split(new HashSplit(0.3, 0.3, 2, Optional.empty())))
                .set();

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
        Path rows = pipeline.write(
                "rows.csv",
                "at,x,y",
                IntStream.range(0, 60)
                        .mapToObj(i -> "2018-08-08 10:%02d:00,%d,0".formatted(i, i))
                        .toList());
        Fraud fraud = Fraud.over(rows).eventTime("at");

        Result unbounded = pipeline.build(fraud, "2018-08-09T00:00:00Z");
        Result later = pipeline.build(fraud, "2018-08-10T00:00:00Z");
        Result bounded = pipeline.build(fraud, "2018-08-08T10:50:00Z");

        assertThat(unbounded.set().table().rows()).isEqualTo(60);
        assertThat(later.reused()).isTrue();
        assertThat(bounded.reused()).isFalse();
        assertThat(bounded.dropped()).containsExactly(Map.entry("at or after as-of", 10L));
        assertThat(bounded.set().rows(spark).selectExpr("max(x)").first().getInt(0))
                .isEqualTo(49);
    }

    @Test
    void rowsWithoutLabelOrTimeAreDroppedAndCounted() throws IOException {
        Path rows = pipeline.write(
                "rows.csv",
                "at,x,y",
                forty(
                        "2018-08-08 10:00:00,%d,1.5",
                        "2018-08-08 10:00:00,41,", "2018-08-08 10:00:00,42,NaN", ",43,1", ",44,"));

        Result result = pipeline.build(Fraud.over(rows).eventTime("at"));

        assertThat(result.dropped()).isEqualTo(Map.of("null label", 2L, "null event time", 2L));
        assertThat(result.set().table().rows()).isEqualTo(40);
    }

    @Test
    void testRowsOfTheirOwnAreTheTest() throws IOException {
        Path rows = pipeline.write("rows.csv", "x,y,part", forty("%d,0,a"));
        Path tests = pipeline.write("tests.csv", "y,x,part", List.of("0,0.5,a", "0,7,a", ",8,a"));

        Result result = pipeline.build(Fraud.over(rows).testRows(tests));

        assertThat(result.sizes().finalTrain()).isEqualTo(40);
        assertThat(result.sizes().finalTest()).isEqualTo(2);
        assertThat(result.sizes().folds().get(0).train()
                        + result.sizes().folds().get(0).validation())
                .isEqualTo(40);
        assertThat(result.dropped()).isEqualTo(Map.of("null label", 1L));
        assertThat(result.set().inputs()).extracting(Input::source).containsExactly("rows", "tests");
        assertThat(result.set()
                        .rows(spark)
                        .filter("_final = 'test' and _train_folds = 0 and _validation_folds = 0 and x in (0.5, 7)")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void zonelessTimestampsNeverReachTheTable() {
        String sql = "SELECT id, TIMESTAMP_NTZ'2018-08-08 10:00:00' AS at, 0 AS y FROM range(40)";
        Map<String, String> features = Map.of("made", "to_timestamp_ntz('2018-08-08 11:00:00')");

        TrainingSet set = pipeline.build(Fraud.query(sql)).set();
        TrainingSet made = pipeline.build(Fraud.query(sql).features(features)).set();

        assertThat(set.rows(spark).schema().apply("at").dataType().simpleString())
                .isEqualTo("timestamp");
        assertThat(made.rows(spark).schema().apply("made").dataType().simpleString())
                .isEqualTo("timestamp");
        assertThat(made.rows(spark).selectExpr("cast(made as string)").first().getString(0))
                .isEqualTo("2018-08-08 11:00:00");
    }
}

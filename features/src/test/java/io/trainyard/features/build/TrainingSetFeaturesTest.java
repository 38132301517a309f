package io.trainyard.features.build;

import static io.trainyard.features.build.TestPipeline.forty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.build.FeatureColumn.Kind;
import io.trainyard.features.source.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class TrainingSetFeaturesTest {

    private final SparkSession spark;

    @TempDir
    Path folder;

    private TestPipeline pipeline;

    TrainingSetFeaturesTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void createPipeline() {
        pipeline = new TestPipeline(spark, folder);
    }

    @Test
    void featuresAreComputedAndKeepTheirNames() throws IOException {
        Path rows = pipeline.write("rows.csv", "größe [m],a b,at,y", forty("%d,3,2018-08-08 23:30:00,0"));
        Map<String, String> features = new LinkedHashMap<>();
        features.put("size [m]", "`größe [m]` * 2");
        features.put("größe", "`größe [m]`");
        features.put("Größe", "`a b`");
        features.put("night, or not", "hour(at) >= 22");

        TrainingSet set = pipeline.build(Fraud.over(rows).features(features)).set();

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
        assertThat(pipeline.build(Fraud.over(rows)).set().features())
                .extracting(FeatureColumn::column)
                .containsExactly("größe__m_", "a_b", "at");
    }

    @Test
    void withAnExposureTheLabelIsARateAndTheWeightGrowsWithIt() throws IOException {
        Path rows = pipeline.write(
                "rows.csv",
                "years,w,x,y",
                IntStream.range(0, 40)
                        .mapToObj(i -> (i % 4) + ",3," + i + "," + 2 * (i % 4))
                        .toList());

        TrainingSetBuilder.Result result =
                pipeline.build(Fraud.over(rows).weight("w").exposure("years"));

        assertThat(result.dropped()).isEqualTo(Map.of("exposure not above 0", 10L));
        assertThat(result.set().features()).extracting(FeatureColumn::name).containsExactly("x");
        assertThat(result.set()
                        .rows(spark)
                        .filter("_label <> 2 or _weight not in (3, 6, 9)")
                        .count())
                .isZero();
    }

    @Test
    void namesThatAreNotThereAreNamed() throws IOException {
        Path rows = pipeline.write("rows.csv", "amount,tx_time,y", forty("%d,2018-08-08 10:00:00,0"));

        assertThatThrownBy(() -> pipeline.build(Fraud.over(rows).features(Map.of("amount", "amout * 2"))))
                .isInstanceOf(SourceException.class)
                .hasMessage("Cannot compute feature 'amount' = amout * 2: column 'amout' not found in source 'rows' "
                        + "(did you mean 'amount'?)");
        assertThatThrownBy(() -> pipeline.build(Fraud.over(rows).label("is_fraud")))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot use as label 'is_fraud' in training set 'fraud': column 'is_fraud' not found in source "
                                + "'rows' (there are: amount, tx_time, y)");
        assertThatThrownBy(() -> pipeline.build(Fraud.over(rows).drop("amuont")))
                .hasMessageContaining("Cannot drop 'amuont' from training set 'fraud'")
                .hasMessageContaining("did you mean 'amount'?");
        assertThatThrownBy(() -> pipeline.build(Fraud.over(rows).eventTime("time")))
                .hasMessageContaining("Cannot read the event time of source 'rows': column 'time' not found");
        assertThatThrownBy(() -> pipeline.build(Fraud.over(rows).features(Map.of("f", "amount +"))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot compute feature 'f' = amount +: ");
    }

    @Test
    void featuresThatDependOnMoreThanTheirRowAreRefused() throws IOException {
        Path rows = pipeline.write("rows.csv", "x,y", forty("%d,0"));

        for (String sql : List.of("sum(x)", "row_number() over (order by x)", "explode(array(x))")) {
            assertThatThrownBy(() -> pipeline.build(Fraud.over(rows).features(Map.of("f", sql))))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("Cannot compute feature 'f' = %s: it depends on other rows", sql);
        }
        for (String sql : List.of("rand()", "now()", "current_date()", "x + (select 1)")) {
            assertThatThrownBy(() -> pipeline.build(Fraud.over(rows).features(Map.of("f", sql))))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("Cannot compute feature 'f' = %s: it depends on more than the row", sql);
        }
    }

    @Test
    void typesThatNoModelTakesAreRefused() {
        String sql = "SELECT id, array(id) AS many, 0 AS y FROM range(40)";

        assertThatThrownBy(() -> pipeline.build(Fraud.query(sql)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot use 'many' of source 'rows' as a feature: it is of type array<bigint>")
                .hasMessageContaining("drop it");
        assertThatThrownBy(() -> pipeline.build(Fraud.query(sql).label("many")))
                .hasMessageContaining(
                        "Cannot use as label column 'many' of source 'rows': it is of type array<bigint>");
        assertThat(pipeline.build(Fraud.query(sql).drop("many")).set().features())
                .extracting(FeatureColumn::name)
                .containsExactly("id");
    }
}

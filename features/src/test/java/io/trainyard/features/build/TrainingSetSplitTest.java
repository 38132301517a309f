package io.trainyard.features.build;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.build.TrainingSetBuilder.Result;
import io.trainyard.features.view.Split.HashSplit;
import io.trainyard.features.view.Split.TimeSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class TrainingSetSplitTest {

    private final SparkSession spark;

    @TempDir
    Path folder;

    private TestPipeline pipeline;

    TrainingSetSplitTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void createPipeline() {
        pipeline = new TestPipeline(spark, folder);
    }

    @Test
    void rowsOfEqualContentStayInOnePart() throws IOException {
        List<String> lines =
                IntStream.range(0, 120).mapToObj(i -> (i % 12) + ",0").toList();
        Result result = pipeline.build(Fraud.over(pipeline.write("rows.csv", "x,y", lines)));

        assertThat(result.set()
                        .rows(spark)
                        .groupBy("x")
                        .agg(expr("count(distinct struct(_train_folds, _validation_folds, _final)) AS parts"))
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
        Path rows = pipeline.write("rows.csv", "x,customer,y", lines);

        Result result = pipeline.build(Fraud.over(rows)
                .key("x")
                .split(new HashSplit(0.3, 0.3, 1, Optional.of("customer")))
                .features(Map.of("customer", "customer")));

        assertThat(result.set()
                        .rows(spark)
                        .filter("customer is not null")
                        .groupBy("customer")
                        .agg(expr("count(distinct struct(_train_folds, _validation_folds, _final)) AS parts"))
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
    void timeSplitPutsDaysWhereTheyBelong() throws IOException {
        Path rows = pipeline.write("rows.csv", "day,y", days("2018-07-01", "2018-08-20"));
        LocalDate from = LocalDate.parse("2018-08-08");
        TimeSplit split = new TimeSplit(
                Period.ofDays(7),
                Period.ofDays(7),
                Period.ofDays(7),
                from.atStartOfDay(),
                from.plusDays(7).atStartOfDay());

        Result result = pipeline.build(
                Fraud.over(rows).eventTime("day").features(Map.of("day", "day")).split(split));

        assertThat(result.sizes()).isEqualTo(new SplitSizes(List.of(new SplitSizes.Fold(7, 7)), 7, 7));
        assertThat(result.dropped()).isEqualTo(Map.of("outside the split", 50L - 21L));
        assertThat(days(result, "_train_folds = 1")).isEqualTo("2018-07-11 2018-07-17");
        assertThat(days(result, "_validation_folds = 1")).isEqualTo("2018-07-25 2018-07-31");
        assertThat(days(result, "_final = 'train'")).isEqualTo("2018-07-25 2018-07-31");
        assertThat(days(result, "_final = 'test'")).isEqualTo("2018-08-08 2018-08-14");
    }

    @Test
    void timeSplitTestsOnlyOnTestRowsWhereThereAreSome() throws IOException {
        Path rows = pipeline.write("rows.csv", "day,y", days("2018-08-01", "2018-08-09"));
        Path tests = pipeline.write("tests.csv", "day,y", days("2018-08-20", "2018-08-22"));
        LocalDate from = LocalDate.parse("2018-08-06");
        TimeSplit split = new TimeSplit(
                Period.ofDays(2),
                Period.ZERO,
                Period.ofDays(1),
                from.atStartOfDay(),
                from.plusDays(3).atStartOfDay());

        Result result = pipeline.build(Fraud.over(rows)
                .eventTime("day")
                .testRows(tests)
                .features(Map.of("day", "day"))
                .split(split));

        assertThat(result.sizes()).isEqualTo(new SplitSizes(List.of(new SplitSizes.Fold(2, 1)), 2, 2));
        assertThat(days(result, "_final = 'test'")).isEqualTo("2018-08-20 2018-08-21");
    }

    private static List<String> days(String from, String to) {
        return LocalDate.parse(from)
                .datesUntil(LocalDate.parse(to))
                .map(day -> day + ",0")
                .toList();
    }

    private String days(Result result, String condition) {
        return result.set()
                .rows(spark)
                .filter(condition)
                .selectExpr("concat(min(day), ' ', max(day))")
                .first()
                .getString(0);
    }
}

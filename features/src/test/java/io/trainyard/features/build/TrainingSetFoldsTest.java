package io.trainyard.features.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.build.TrainingSetBuilder.Result;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.Split.ColumnFoldSplit;
import io.trainyard.features.view.Split.FoldSplit;
import io.trainyard.features.view.Split.TimeSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A row is never on both sides of a fold, and what else each kind of fold promises. */
@ExtendWith(SparkExtension.class)
class TrainingSetFoldsTest {

    private static final LocalDate TEST = LocalDate.parse("2018-08-08");

    private final SparkSession spark;

    @TempDir
    Path folder;

    private TestPipeline pipeline;

    TrainingSetFoldsTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void createPipeline() {
        pipeline = new TestPipeline(spark, folder);
    }

    static List<Split> everyKindOfFold() {
        return List.of(
                new FoldSplit(5, 0.2, 1, Optional.empty(), false),
                new FoldSplit(5, 0.2, 1, Optional.empty(), true),
                new FoldSplit(3, 0.2, 1, Optional.of("customer"), false),
                new ColumnFoldSplit("shop", List.of("0", "1", "2"), Set.of("3")),
                chain(Period.ofDays(10), Period.ofDays(2), 3));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfFold")
    void noRowIsOnBothSidesOfAFoldNorInSearchAndTest(Split split) throws IOException {
        Result result = pipeline.build(example(split));

        assertThat(result.sizes().folds()).hasSize(split.folds());
        assertThat(result.set()
                        .rows(spark)
                        .filter("_train_folds & _validation_folds <> 0"
                                + " or _final = 'test' and _train_folds | _validation_folds <> 0")
                        .count())
                .isZero();
        assertThat(result.set()
                        .rows(spark)
                        .filter("bit_count(_validation_folds) > 1")
                        .count())
                .as("rows that validate twice")
                .isZero();
    }

    @Test
    void rowsOfOneCustomerStayInOneFold() throws IOException {
        Result result = pipeline.build(example(new FoldSplit(3, 0.2, 1, Optional.of("customer"), false)));

        assertThat(result.set()
                        .rows(spark)
                        .selectExpr("customer", "struct(_train_folds, _validation_folds, _final) AS part")
                        .distinct()
                        .count())
                .isEqualTo(12);
        assertThat(result.set()
                        .rows(spark)
                        .select("_validation_folds")
                        .distinct()
                        .count())
                .isGreaterThan(2);
    }

    @Test
    void equalRowsWithoutAKeyStayInOneFoldAlsoWhereFoldsAreStratified() throws IOException {
        List<String> lines =
                IntStream.range(0, 120).mapToObj(i -> i % 12 + "," + i % 2).toList();
        Result result = pipeline.build(Fraud.over(pipeline.write("rows.csv", "x,y", lines))
                .split(new FoldSplit(3, 0.2, 1, Optional.empty(), true)));

        assertThat(result.set()
                        .rows(spark)
                        .selectExpr("x", "struct(_train_folds, _validation_folds, _final) AS part")
                        .distinct()
                        .count())
                .isEqualTo(12);
    }

    @Test
    void validationWindowsFollowEachOtherAndTheGapKeepsTheWindowBeforeAway() throws IOException {
        Result result = pipeline.build(example(chain(Period.ofDays(10), Period.ofDays(2), 3)));

        assertThat(days(result, "_validation_folds = 1")).isEqualTo("2018-07-16 2018-07-22");
        assertThat(days(result, "_validation_folds = 2")).isEqualTo("2018-07-23 2018-07-29");
        assertThat(days(result, "_validation_folds = 4")).isEqualTo("2018-07-30 2018-08-05");
        assertThat(days(result, "_train_folds & 1 <> 0")).isEqualTo("2018-07-04 2018-07-13");
        assertThat(days(result, "_train_folds & 2 <> 0")).isEqualTo("2018-07-11 2018-07-20");
        assertThat(days(result, "_train_folds & 4 <> 0")).isEqualTo("2018-07-18 2018-07-27");
        assertThat(days(result, "_final = 'train'")).isEqualTo("2018-07-27 2018-08-05");
        assertThat(result.sizes().toString())
                .isEqualTo(
                        "at least 40 rows train and 28 validate in each of 3 folds of the search, 40 train and 28 test in the final fit");
    }

    @Test
    void labelsThatWereNotKnownWhenWhatIsJudgedBeginsArePurged() throws IOException {
        Result result = pipeline.build(
                example(chain(Period.ofDays(10), Period.ofDays(2), 3)).knownAt(Map.of("y", "day + interval 5 days")));

        assertThat(days(result, "_train_folds & 1 <> 0")).isEqualTo("2018-07-04 2018-07-11");
        assertThat(days(result, "_train_folds & 4 <> 0")).isEqualTo("2018-07-18 2018-07-25");
        assertThat(days(result, "_final = 'train'")).isEqualTo("2018-07-27 2018-08-03");
        assertThat(days(result, "_validation_folds = 4"))
                .as("judging waits for its labels")
                .isEqualTo("2018-07-30 2018-08-05");
    }

    @Test
    void aNumberIsNoLabelToStratifyBy() throws IOException {
        Path rows = pipeline.write("rows.csv", "x,y", List.of("1,0.5", "2,1.5"));

        assertThatThrownBy(
                        () -> pipeline.build(Fraud.over(rows).split(new FoldSplit(2, 0.2, 1, Optional.empty(), true))))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot stratify training set 'fraud': its label 'y' is a number of type double and no class; remove 'stratify' from its split");
    }

    private Fraud example(Split split) throws IOException {
        List<String> lines = LocalDate.parse("2018-07-01")
                .datesUntil(LocalDate.parse("2018-08-20"))
                .flatMap(day -> IntStream.range(0, 4)
                        .mapToObj(shop -> "%s,%d,c%d,%d"
                                .formatted(day, shop, (day.getDayOfYear() + shop) % 12, shop == 0 ? 1 : 0)))
                .toList();
        return Fraud.over(pipeline.write("rows.csv", "day,shop,customer,y", lines))
                .eventTime("day")
                .features(Map.of("day", "day", "customer", "customer", "shop", "shop"))
                .split(split);
    }

    private static TimeSplit chain(Period train, Period gap, int folds) {
        return new TimeSplit(
                train,
                gap,
                Period.ofDays(7),
                folds,
                TEST.atStartOfDay(),
                TEST.plusDays(7).atStartOfDay(),
                Optional.empty());
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

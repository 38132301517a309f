package io.trainyard.features.build;

import static io.trainyard.features.build.TestPipeline.forty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.build.TrainingSetBuilder.Result;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Split.TimeSplit;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Features of views, and labels that come late. */
@ExtendWith(SparkExtension.class)
class TrainingSetViewsTest {
    private static final String HEADER = "id,customer,at,amount,y";

    private final SparkSession spark;

    @TempDir
    private Path folder;

    private TestPipeline pipeline;

    TrainingSetViewsTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void createPipeline() {
        pipeline = new TestPipeline(spark, folder);
    }

    @Test
    void examplesWithoutAKeyStayAndHaveNoFeatures() throws IOException {
        Path rows = pipeline.write(
                "rows.csv", HEADER, forty("%d,a,2018-08-08 10:00:00,1,0", "40,,2018-08-08 10:00:00,1,0"));

        Result result = pipeline.build(over(rows).views(spending(rows), newest(rows)));

        assertThat(result.set().table().rows()).isEqualTo(41);
        assertThat(result.tables().get(0).dropped()).containsExactly(Map.entry("null entity", 1L));
        assertThat(features(result, "_key = 40")).containsExactly("{\"spending_count_7d\":0}");
        assertThat(features(result, "_key < 40"))
                .containsExactly("{\"spending_amount_7d\":40.0,\"spending_count_7d\":40,\"newest_amount\":1}");
    }

    @Test
    void rowsOfViewsThatRepeatMakeNoExampleTwice() throws IOException {
        Path rows = pipeline.write("rows.csv", HEADER, forty("%d,a,2018-08-08 10:00:00,1,0"));
        String twice = "a,2018-08-01 10:00:00,3";
        Path views =
                pipeline.write("views.csv", "customer,at,amount", List.of(twice, twice, "b,2018-08-01 10:00:00,4"));

        Result result = pipeline.build(over(rows).views(spending(views), newest(views)));

        assertThat(result.set().table().rows()).isEqualTo(40);
        assertThat(result.set().rows(spark).select("_key").distinct().count()).isEqualTo(40);
        assertThat(features(result, "true"))
                .as("an event a week before is at the open end of the window")
                .containsExactly("{\"spending_count_7d\":0,\"newest_amount\":3}");
    }

    /**
     * Tested is from 8 to 14 August, fitted on 25 to 31 July. The fraud of a is known on 3 August, that of b at noon of the 9th; that of
     * c is older than what the final model is fitted on, though not than what the search is.
     */
    @Test
    void customersThatAreKnownBeforeAreNotTestedWith() throws IOException {
        Path rows = pipeline.write(
                "rows.csv",
                HEADER,
                List.of(
                        "1,a,2018-07-27 10:00:00,1,1",
                        "2,a,2018-08-09 10:00:00,1,0",
                        "3,b,2018-08-02 12:00:00,1,1",
                        "4,b,2018-08-09 13:00:00,1,0",
                        "5,b,2018-08-10 00:00:00,1,0",
                        "6,c,2018-07-20 10:00:00,1,1",
                        "7,c,2018-07-28 10:00:00,1,0",
                        "8,c,2018-08-09 10:00:00,1,0",
                        "9,d,2018-07-12 10:00:00,1,0",
                        "10,d,2018-07-26 10:00:00,1,0",
                        "11,,2018-08-09 10:00:00,1,0"));
        LocalDate from = LocalDate.parse("2018-08-08");
        Period week = Period.ofDays(7);

        Result result = pipeline.build(over(rows)
                .split(new TimeSplit(
                        week,
                        week,
                        week,
                        1,
                        from.atStartOfDay(),
                        from.plus(week).atStartOfDay(),
                        Optional.of("customer"))));

        assertThat(result.dropped())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("known to be positive before it is judged", 2L, "outside the split", 2L));
        assertThat(result.set()
                        .rows(spark)
                        .selectExpr("concat_ws(' ', _key,"
                                + " case when _train_folds = 1 then 'train' when _validation_folds = 1 then 'validation' else '-' end,"
                                + " coalesce(_final, '-')) AS row")
                        .collectAsList())
                .extracting(row -> row.<String>getAs("row"))
                .containsExactly(
                        "1 validation train",
                        "4 - test",
                        "7 - train",
                        "8 - test",
                        "9 train -",
                        "10 validation train",
                        "11 - test");
    }

    @Test
    void labelsThatAreNotKnownYetAreLeftOut() throws IOException {
        Path rows = pipeline.write("rows.csv", HEADER, days());

        Result result = pipeline.build(over(rows), "2018-07-31T00:00:00Z");

        assertThat(result.dropped())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("at or after as-of", 10L, "label not known as of the logical time", 7L));
        assertThat(result.set().rows(spark).selectExpr("max(_key)").first().getInt(0))
                .isEqualTo(22);
        assertThat(pipeline.build(over(rows), "2018-08-20T00:00:00Z").dropped()).isEmpty();
    }

    @Test
    void whatIsKnownLaterIsNoFeatureOfItsRow() throws IOException {
        Path rows = pipeline.write("rows.csv", HEADER, days());

        assertThatThrownBy(() -> pipeline.build(over(rows).features(Map.of("leak", "amount * y"))))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot compute feature 'leak' = amount * y: column 'y' is known only at at + interval 7 days, after the row itself; use it in a view, which sees it from then on");
    }

    @Test
    void testRowsOfTheirOwnHaveFeaturesToo() throws IOException {
        Path rows = pipeline.write("rows.csv", HEADER, days());
        Path tests = pipeline.write(
                "tests.csv", HEADER, List.of("100,a,2018-07-03 12:00:00,5,0", "101,nobody,2018-07-03 12:00:00,5,0"));

        Result result = pipeline.build(over(rows).testRows(tests).views(spending(rows), newest(rows)));

        assertThat(result.sizes().finalTest()).isEqualTo(2);
        assertThat(features(result, "_key = 100"))
                .as("three payments of the source, not the test's own")
                .containsExactly("{\"spending_amount_7d\":3.0,\"spending_count_7d\":3,\"newest_amount\":1}");
        assertThat(features(result, "_key = 101")).containsExactly("{\"spending_count_7d\":0}");
        assertThat(features(result, "_key = 1"))
                .containsExactly("{\"spending_amount_7d\":2.0,\"spending_count_7d\":2,\"newest_amount\":1}");
    }

    /** One payment of a each day from July on, fraud every tenth. */
    private static List<String> days() {
        return IntStream.range(0, 40)
                .mapToObj(day -> "%d,a,%s 00:00:00,1,%d"
                        .formatted(day, LocalDate.parse("2018-07-01").plusDays(day), day % 10 == 0 ? 1 : 0))
                .toList();
    }

    private static Fraud over(Path rows) {
        return Fraud.over(rows)
                .eventTime("at")
                .knownAt(Map.of("y", "at + interval 7 days"))
                .key("id")
                .features(Map.of("amount", "amount"));
    }

    private List<String> features(Result result, String condition) {
        String[] columns = Stream.of(result.set().rows(spark).columns())
                .filter(column -> column.startsWith("spending") || column.startsWith("newest"))
                .toArray(String[]::new);
        return result.set()
                .rows(spark)
                .where(condition)
                .selectExpr(columns)
                .distinct()
                .toJSON()
                .collectAsList();
    }

    private static View spending(Path rows) {
        return new View.Aggregates(
                "spending",
                source(rows),
                List.of(),
                List.of(EntityColumn.of("customer")),
                new TreeMap<>(Map.of("count", Aggregate.parse("count(*)"), "amount", Aggregate.parse("sum(amount)"))),
                List.of(new Window(Duration.ofDays(7))),
                Duration.ZERO,
                List.of());
    }

    private static View newest(Path rows) {
        return new View.Columns(
                "newest",
                source(rows),
                List.of(),
                List.of(EntityColumn.of("customer")),
                Map.of("amount", "amount"),
                Optional.empty(),
                Duration.ZERO,
                List.of());
    }

    private static Source source(Path rows) {
        return new Source("payments", Location.Files.at(rows.toString()), Optional.of("at"));
    }
}

package io.trainyard.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.quality.TestReport.Outcome;
import io.trainyard.features.quality.TestReport.Result;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Test.Action;
import io.trainyard.features.view.Test.Freshness;
import io.trainyard.features.view.Test.InSet;
import io.trainyard.features.view.Test.Matches;
import io.trainyard.features.view.Test.NotNull;
import io.trainyard.features.view.Test.Range;
import io.trainyard.features.view.Test.Reaction;
import io.trainyard.features.view.Test.References;
import io.trainyard.features.view.Test.RowCount;
import io.trainyard.features.view.Test.Sql;
import io.trainyard.features.view.Test.Unique;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class ExpectationsTest {

    private static final Instant AS_OF = Instant.parse("2024-01-05T00:00:00Z");
    private static final Reaction WARN = Reaction.of(Action.WARN);
    private static final Reaction DROP = Reaction.of(Action.DROP);
    private static final Reaction QUARANTINE = Reaction.of(Action.QUARANTINE);
    private static final Source SHOPS = Source.of("shops", new Location.Table("shops"));

    private final SparkSession spark;

    ExpectationsTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void rowsAreKeptDroppedOrQuarantinedAsDeclared() {
        Dataset<Row> rows =
                rows("1, 10.0D, 'ab'", "2, -1.0D, 'ab'", "3, 5.0D, null", "4, -2.0D, null", "5, double('NaN'), 'x'");

        try (Checked checked = check(
                rows,
                new NotNull(List.of("CODE"), DROP),
                new Range("amount", Optional.of(0.0), Optional.empty(), QUARANTINE),
                new Matches("code", "[a-b]+", WARN))) {
            assertThat(ids(checked.passing())).containsExactly(1);
            assertThat(checked.passing().columns()).containsExactly(rows.columns());
            assertThat(reasons(checked))
                    .containsExactly("2 range amount min 0.0", "4 range amount min 0.0", "5 range amount min 0.0");
            assertThat(checked.report().results())
                    .extracting(Result::failed, Result::outcome)
                    .containsExactly(tuple(2L, Outcome.BORNE), tuple(3L, Outcome.BORNE), tuple(1L, Outcome.BORNE));
            assertThat(checked.report().results().get(1).example())
                    .contains("{\"amount\":\"NaN\",\"code\":\"x\",\"id\":5}");
        }
    }

    @Test
    void ofRowsWithOneKeyTheFirstPasses() {
        Dataset<Row> rows = spark.sql("""
                SELECT * FROM VALUES
                  (1, 'a', timestamp'2024-01-03'), (2, 'A', timestamp'2024-01-01'), (3, 'a', timestamp'2024-01-02'),
                  (4, 'a', null), (5, null, timestamp'2024-01-01'), (6, null, timestamp'2024-01-01')
                  AS t(id, k, at)""");

        try (Checked checked = check(rows, new Unique(List.of("k"), DROP))) {
            assertThat(ids(checked.passing())).containsExactly(2, 3, 5, 6);
        }
        try (Checked checked = check(rows.union(rows), new Unique(List.of("id", "k"), DROP))) {
            assertThat(ids(checked.passing())).containsExactly(1, 2, 3, 4, 5, 5, 6, 6);
        }
    }

    @ParameterizedTest
    @CsvSource({"int, 2", "double, 2", "'decimal(5,2)', 2", "string, 2"})
    void setsAndReferencesAreAboutValuesNotTypes(String type, long failing) {
        Dataset<Row> rows =
                spark.sql("SELECT id, cast(id AS %s) AS shop FROM range(5) UNION ALL SELECT 5, null".formatted(type));

        try (Checked checked = check(
                rows,
                new InSet("shop", Set.of("0", "1", "4", "none"), WARN),
                new References("shop", SHOPS, "NUMBER", WARN))) {
            assertThat(checked.report().results()).extracting(Result::failed).containsOnly(failing);
            assertThat(checked.passing().count()).isEqualTo(6);
        }
    }

    @Test
    void conditionsFailWhereTheyAreFalse() {
        try (Checked checked = check(
                rows("1, 10.0, 'ab'", "2, null, 'ab'", "3, 5.0, 'b'"),
                new Sql("amount > 6 OR code = 'c'", QUARANTINE))) {
            assertThat(reasons(checked)).containsExactly("3 sql amount > 6 OR code = 'c'");
        }
    }

    @Test
    void tooManyFailingRowsAreRefused() {
        Reaction some = new Reaction(Action.DROP, 0.25);
        Dataset<Row> rows = rows("1, 1.0, 'a'", "2, 2.0, null", "3, 3.0, 'c'", "4, 4.0, 'd'");

        try (Checked checked = check(rows, new NotNull(List.of("code"), some))) {
            checked.report().requirePassed();
        }
        try (Checked checked = check(
                rows,
                new Range("amount", Optional.empty(), Optional.of(2.0), some),
                new NotNull(List.of("code"), Reaction.FAIL))) {
            assertThat(checked.report().passed()).isFalse();
            assertThatThrownBy(checked.report()::requirePassed)
                    .isInstanceOf(SourceException.class)
                    .hasMessage(
                            "Cannot use the rows of 'orders': test 'range amount max 2.0' fails for 2 of 4 rows (50 %, where 25 % is borne), such as {\"amount\":3.0,\"code\":\"c\",\"id\":3}; test 'not_null code' fails for 1 of 4 rows (25 %, where 0 % is borne), such as {\"amount\":2.0,\"id\":2}; mend the data, or let the test bear it with max_share or else: warn");
        }
    }

    @Test
    void tablesAreJudgedAsAWhole() {
        Dataset<Row> rows = spark.sql("SELECT 1 AS id, timestamp'2024-01-03' AS at");
        Freshness day = new Freshness(Duration.ofDays(1), Reaction.FAIL);

        try (Checked checked = check(
                rows,
                new RowCount(OptionalLong.of(2), OptionalLong.empty(), WARN),
                new RowCount(OptionalLong.of(1), OptionalLong.of(1), Reaction.FAIL),
                new Freshness(Duration.ofDays(2), Reaction.FAIL),
                day)) {
            assertThat(checked.report().results())
                    .extracting(Result::outcome)
                    .containsExactly(Outcome.BORNE, Outcome.PASSED, Outcome.PASSED, Outcome.VIOLATED);
            assertThatThrownBy(checked.report()::requirePassed)
                    .hasMessageContaining(
                            "test 'freshness PT24H' fails: there is the newest row of 2024-01-03T00:00:00Z; mend");
        }
        try (Checked checked =
                check(rows.limit(0), day, new RowCount(OptionalLong.of(1), OptionalLong.empty(), Reaction.FAIL))) {
            assertThatThrownBy(checked.report()::requirePassed)
                    .hasMessageContaining("there is no row with a time")
                    .hasMessageContaining("test 'row_count min 1' fails: there is 0 rows");
        }
    }

    @Test
    void whatIsKeptAndShownIsDeidentified() {
        Dataset<Row> rows = rows("1, -1.0, 'secret'", "2, 1.0, 'secret'");

        try (Checked checked = expectations(new Matches("code", "open", QUARANTINE), new Sql("amount > 0", WARN))
                .check(
                        rows,
                        clear -> clear.drop("code")
                                .selectExpr("'h' AS id", "amount", "`_trainyard_failed_0`", "`_trainyard_failed_1`"))) {
            assertThat(checked.quarantined().toJSON().collectAsList())
                    .containsExactlyInAnyOrder(
                            "{\"id\":\"h\",\"amount\":-1.0,\"_test\":\"matches code open\"}",
                            "{\"id\":\"h\",\"amount\":1.0,\"_test\":\"matches code open\"}");
            assertThat(checked.report().results())
                    .allSatisfy(
                            result -> assertThat(result.example().orElseThrow()).doesNotContain("secret"));
        }
    }

    @Test
    void rowsAreReadOnce() {
        var read = spark.sparkContext().longAccumulator();
        Dataset<Row> rows = rows("1, 1.0, 'a'", "2, 2.0, 'b'").filter((FilterFunction<Row>) row -> {
            read.add(1);
            return true;
        });

        try (Checked checked = check(rows, new NotNull(List.of("code"), DROP), new Sql("id > 1", QUARANTINE))) {
            assertThat(checked.passing().count() + checked.quarantined().count())
                    .isEqualTo(2);
            assertThat(read.value()).isEqualTo(2);
        }
    }

    @Test
    void withoutTestsAllRowsPass() {
        try (Checked checked = check(rows("1, 1.0, 'a'"))) {
            assertThat(ids(checked.passing())).containsExactly(1);
            assertThat(checked.quarantined().isEmpty()).isTrue();
            assertThat(checked.report()).isEqualTo(new TestReport("orders", List.of()));
        }
    }

    @Test
    void testsThatCannotBeRunAreRefused() {
        Dataset<Row> rows = rows("1, 1.0, 'a'");

        assertThatThrownBy(() -> check(rows, new NotNull(List.of("amout"), DROP)))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot test 'not_null amout' on 'orders': column 'amout' not found (did you mean 'amount'?)");
        assertThatThrownBy(() -> check(rows, new Range("code", Optional.of(1.0), Optional.empty(), DROP)))
                .hasMessage(
                        "Cannot test 'range code min 1.0' on 'orders': column 'code' is of type string, not a number; use sql with a condition on it");
        assertThatThrownBy(() -> check(rows, new Matches("code", "(", DROP)))
                .hasMessage("Cannot test 'matches code (' on 'orders': it is no regular expression: Unclosed group");
        assertThatThrownBy(() -> check(rows, new Sql("amount + 1", DROP)))
                .hasMessageContaining("Cannot test 'sql amount + 1' on 'orders': it is of type")
                .hasMessageContaining("not true or false");
        assertThatThrownBy(() -> check(rows, new Sql("rand() > 0.5", DROP)))
                .hasMessageContaining("it depends on chance, so that no two builds would agree");
        assertThatThrownBy(() -> check(rows, new Sql("amont > 0", DROP)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot test 'sql amont > 0' on 'orders': ")
                .hasMessageContaining("amont");
        assertThatThrownBy(() -> check(rows, new References("id", SHOPS, "numbr", DROP)))
                .hasMessage(
                        "Cannot test 'references id in shops.numbr' on 'shops': column 'numbr' not found (did you mean 'number'?)");
        assertThatThrownBy(() -> Expectations.of(
                                "orders",
                                List.of(new Freshness(Duration.ofDays(1), WARN)),
                                Optional.empty(),
                                AS_OF,
                                this::referenced)
                        .check(rows))
                .hasMessageContaining("nothing says when its rows happened; declare the event time");
    }

    private Checked check(Dataset<Row> rows, io.trainyard.features.view.Test... tests) {
        return expectations(tests).check(rows);
    }

    private Expectations expectations(io.trainyard.features.view.Test... tests) {
        return Expectations.of("orders", Arrays.asList(tests), Optional.of("at"), AS_OF, this::referenced);
    }

    private Dataset<Row> referenced(Source source) {
        assertThat(source).isEqualTo(SHOPS);
        return spark.sql("SELECT explode(array(0, 1, 4, 4, null)) AS number");
    }

    /** Rows of {@code id, amount, code}; the event time is left out, since few tests need it. */
    private Dataset<Row> rows(String... values) {
        return spark.sql(
                "SELECT cast(id AS int) AS id, cast(amount AS double) AS amount, code FROM VALUES (%s) AS t(id, amount, code)"
                        .formatted(String.join("), (", values)));
    }

    private static List<Integer> ids(Dataset<Row> rows) {
        return rows.orderBy("id").collectAsList().stream()
                .map(row -> row.<Integer>getAs("id"))
                .toList();
    }

    private static List<String> reasons(Checked checked) {
        return checked.quarantined().orderBy("id").collectAsList().stream()
                .map(row -> row.getAs("id") + " " + row.getAs(Checked.TEST))
                .toList();
    }
}

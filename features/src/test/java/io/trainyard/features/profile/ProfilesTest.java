package io.trainyard.features.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.source.SourceException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ProfilesTest {

    @Test
    void everyKindOfColumnIsProfiled(SparkSession spark) {
        Dataset<Row> rows = spark.range(0, 100, 1, 3)
                .selectExpr(
                        "id AS long",
                        "CAST(id AS INT) AS int",
                        "CAST(id AS SMALLINT) AS short",
                        "CAST(id AS TINYINT) AS byte",
                        "CAST(id / 4 AS FLOAT) AS float",
                        "IF(id % 10 = 0, NULL, id / 8) AS double",
                        "CAST(id AS DECIMAL(10, 2)) AS decimal",
                        "CAST(id AS DECIMAL(38, 2)) AS large",
                        "CAST('1970-01-02' AS DATE) AS date",
                        "timestamp_micros(1500000 + id) AS moment",
                        "CAST('1970-01-01 00:00:02' AS TIMESTAMP_NTZ) AS zoneless",
                        "CONCAT('c', id % 3) AS `te.xt`",
                        "id % 4 = 0 AS truth",
                        "array(id) AS list");

        Profile profile = Profiles.of(rows);

        assertThat(profile.rows()).isEqualTo(100);
        assertThat(profile.columns())
                .extracting(ColumnProfile::column)
                .containsExactly(
                        "long",
                        "int",
                        "short",
                        "byte",
                        "float",
                        "double",
                        "decimal",
                        "large",
                        "date",
                        "moment",
                        "zoneless",
                        "te.xt",
                        "truth");
        for (String column : List.of("long", "int", "short", "byte", "decimal", "large")) {
            assertThat(number(profile, column).moments().mean()).as(column).isEqualTo(49.5);
            assertThat(number(profile, column).distinct().estimate()).isBetween(98L, 102L);
        }
        assertThat(number(profile, "float").moments().maximum()).isEqualTo(24.75);
        assertThat(number(profile, "double").counts()).isEqualTo(new Counts(100, 10, 0, 0, 0));
        assertThat(number(profile, "date").kind()).isEqualTo("date");
        assertThat(number(profile, "date").moments().minimum()).isEqualTo(1);
        assertThat(number(profile, "moment").kind()).isEqualTo("timestamp");
        assertThat(number(profile, "moment").moments().maximum()).isEqualTo(1.500099);
        assertThat(number(profile, "zoneless").moments().maximum()).isEqualTo(2);
        assertThat(((TextProfile) profile.column("te.xt").orElseThrow())
                        .frequent()
                        .counts())
                .containsEntry("c0", 34L)
                .containsEntry("c1", 33L);
        assertThat(profile.column("truth")).contains(new BooleanProfile("truth", 100, 0, 25));
    }

    @Test
    void partsMergeToTheWhole(SparkSession spark) {
        Dataset<Row> rows = spark.range(0, 20_000, 1, 7)
                .selectExpr("randn(3) AS x", "CONCAT('c', CAST(POW(rand(4), 4) * 40 AS INT)) AS c");
        Profile whole = Profiles.of(rows);

        Profile merged = Profiles.of(rows.where("c = 'c0'")).merge(Profiles.of(rows.where("c <> 'c0'")));

        assertThat(merged.rows()).isEqualTo(20_000);
        assertThat(((TextProfile) merged.column("c").orElseThrow()).frequent().counts())
                .isEqualTo(((TextProfile) whole.column("c").orElseThrow())
                        .frequent()
                        .counts());
        Distribution parts = number(merged, "x").quantiles().distribution();
        Distribution all = number(whole, "x").quantiles().distribution();
        assertThat(parts.kolmogorovSmirnov(all)).isLessThan(0.006);
        assertThat(number(merged, "x").moments().variance())
                .isCloseTo(number(whole, "x").moments().variance(), within(1e-12));
        assertThat(Drift.between(whole, merged, DriftRules.STANDARD).worst()).isEqualTo(Verdict.STABLE);
    }

    @Test
    void noRowsHaveAProfile(SparkSession spark) {
        Profile none = Profiles.of(spark.range(0).selectExpr("id", "CAST(id AS STRING) AS text", "id = 1 AS truth"));

        assertThat(none.rows()).isZero();
        assertThat(none.columns()).hasSize(3).allMatch(column -> column.rows() == 0);
        assertThat(number(none, "id").moments()).isEqualTo(Moments.NONE);
        assertThat(Profiles.of(spark.emptyDataFrame()).columns()).isEmpty();
    }

    @Test
    void columnsThatCannotBeProfiledAreRefused(SparkSession spark) {
        Dataset<Row> rows = spark.range(3).selectExpr("id AS amount", "array(id) AS list");

        assertThatThrownBy(() -> Profiles.of(rows, List.of("amout")))
                .isInstanceOf(SourceException.class)
                .hasMessage("Cannot profile column 'amout': not found (did you mean 'amount'?)");
        assertThatThrownBy(() -> Profiles.of(rows, List.of("list")))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot profile column 'list' of type ARRAY<BIGINT>: numbers, dates, timestamps, texts and booleans can be; leave it out");
    }

    private static NumberProfile number(Profile profile, String column) {
        return (NumberProfile) profile.column(column).orElseThrow();
    }
}

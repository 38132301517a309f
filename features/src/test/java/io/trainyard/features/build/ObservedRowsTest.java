package io.trainyard.features.build;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.KnownAt;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.TrainingDefinition;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Visits of ten days, 4 a day, from 2026-03-01 on; whether somebody bought is known a day later. */
@ExtendWith(SparkExtension.class)
class ObservedRowsTest {
    private final SparkSession spark;

    @TempDir
    private Path folder;

    ObservedRowsTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void labelsAreThoseKnownByThenAndFeaturesThoseOfTheRowsOwnTime() {
        Source visits = source(Optional.of("at"));
        try (ObservedRows rows = store().observed(definition(visits, List.of(customer(visits))), day(7))) {
            ObservedRows.Selected selected = rows.select(Map.of("channel", "channel"), day(5), day(8));
            Dataset<Row> kept = selected.rows().persist();

            assertThat(kept.count()).as("none at the logical time or later").isEqualTo(8);
            assertThat(kept.where("_label is null").count())
                    .as("of the last day")
                    .isEqualTo(4);
            String channel = column(selected, "channel");
            assertThat(kept.where("%s = concat('c', pmod(_key, 3))".formatted(channel))
                            .count())
                    .isEqualTo(8);
            assertThat(kept.where("%s = 2".formatted(column(selected, "customer_count_2d")))
                            .count())
                    .isEqualTo(8);
            kept.unpersist();
            UDF1<Row, String> text = row -> row.getString(0) + row.getLong(1);
            assertThat(selected.rows()
                            .select(udf(text, DataTypes.StringType)
                                    .apply(struct(col(channel), col(column(selected, "customer_count_2d")))))
                            .distinct()
                            .collectAsList())
                    .hasSize(3);
        }
    }

    @Test
    void theNewestRowIsTheLastOneKnownByThen() {
        Source visits = source(Optional.of("at"));
        try (ObservedRows rows = store().observed(definition(visits, List.of(customer(visits))), day(7))) {
            assertThat(rows.timedSources()).containsExactly("visits");
            assertThat(rows.newest("visits")).contains(Instant.parse("2026-03-07T16:00:00Z"));
            assertThat(rows.reports()).as("nothing is tested").isEmpty();
            assertThatThrownBy(() -> rows.newest("others")).hasMessageContaining("'others' is no source");
        }
    }

    @Test
    void rowsThatHappenedAtNoTimeCannotBeWatched() {
        assertThatThrownBy(() -> store().observed(definition(source(Optional.empty()), List.of()), day(7)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("declare its event_time");
    }

    private FeatureStore store() {
        return new TestPipeline(spark, folder).store();
    }

    private Source source(Optional<String> eventTime) {
        spark.range(0, 40)
                .selectExpr(
                        "id",
                        "timestamp'2026-03-01 01:00:00' + make_dt_interval(int(id / 4), int(pmod(id, 4)) * 5) as at",
                        "pmod(id, 4) as customer",
                        "concat('c', pmod(id, 3)) as channel",
                        "pmod(id, 2) as bought")
                .repartition(2)
                .write()
                .parquet(folder.resolve("visits").toString());
        return new Source(
                "visits",
                new Location.Files(folder.resolve("visits").toString(), Optional.empty(), Map.of()),
                eventTime,
                eventTime.isPresent()
                        ? new KnownAt(Optional.empty(), Map.of("bought", "at + interval 1 day"))
                        : KnownAt.EVENT_TIME,
                Map.of(),
                List.of());
    }

    private static View customer(Source visits) {
        return new View.Aggregates(
                "customer",
                visits,
                List.of(),
                List.of(EntityColumn.of("customer")),
                Map.of("count", Aggregate.parse("count(*)")),
                List.of(new Window(Duration.ofDays(2))),
                Duration.ZERO,
                List.of());
    }

    private static TrainingDefinition definition(Source visits, List<View> views) {
        return new TrainingDefinition(
                "visits",
                visits,
                Optional.empty(),
                Optional.of("id"),
                "bought",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("channel", "channel"),
                views,
                List.of(),
                new Split.HashSplit(0.2, 0.2, 0, Optional.empty()));
    }

    private static String column(ObservedRows.Selected selected, String feature) {
        return selected.features().stream()
                .filter(candidate -> candidate.name().equals(feature))
                .findFirst()
                .orElseThrow()
                .column();
    }

    private static Instant day(int number) {
        return Instant.parse("2026-03-01T00:00:00Z").plus(Duration.ofDays(number));
    }
}

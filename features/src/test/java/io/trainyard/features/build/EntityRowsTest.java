package io.trainyard.features.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.KnownAt;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One row for each customer, whose visits are known two hours later; one visit is of nobody. */
@ExtendWith(SparkExtension.class)
class EntityRowsTest {
    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

    private final SparkSession spark;

    @TempDir
    private Path folder;

    EntityRowsTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void visit() {
        spark.sql("""
                select timestamp(at) as at, customer, amount, country from values
                    ('2026-03-01 08:00:00', 1, 10.0, 'AT'),
                    ('2026-03-03 09:00:00', 1, 20.0, 'DE'),
                    ('2026-03-03 11:00:00', 1, 30.0, 'FR'),
                    ('2026-03-01 13:00:00', 2, 40.0, 'AT'),
                    ('2026-03-01 13:00:00', 2, 40.0, 'BE'),
                    ('2026-03-03 12:00:00', 3, 50.0, 'AT'),
                    ('2026-03-02 12:00:00', null, 60.0, 'AT') as t (at, customer, amount, country)
                """).write().parquet(folder.resolve("visits").toString());
    }

    @Test
    void everyEntityKnownByThenHasItsNewestRowAndFeaturesAsOfThen() {
        assertThat(rows(visits(), NOON))
                .as("the visit of 11:00 is not known yet, and windows end at noon")
                .containsExactlyInAnyOrder("1 20.0 DE 12 1", "2 40.0 AT 12 2");
        assertThat(rows(visits(), NOON.plus(Duration.ofHours(2))))
                .as("a customer is known once a visit is, and two days are over for another's")
                .containsExactlyInAnyOrder("1 30.0 FR 14 2", "2 40.0 AT 14 0");
        assertThat(rows(visits(), NOON.plus(Duration.ofHours(3)))).hasSize(3);
    }

    @Test
    void theMomentIsPartOfWhatDeterminesTheRows() {
        assertThat(fingerprint(NOON)).isEqualTo(fingerprint(NOON)).isNotEqualTo(fingerprint(NOON.plusSeconds(1)));
    }

    @Test
    void anEntityThatTheRowsDoNotHaveIsRefused() {
        assertThatThrownBy(() -> store().entities(visits(), List.of("custmer"), List.of(), NOON))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot tell the entities of scored rows by 'custmer'")
                .hasMessageContaining("did you mean 'customer'?");
    }

    private String fingerprint(Instant at) {
        try (FeatureRows rows = store().entities(visits(), List.of("customer"), List.of(), at)) {
            return rows.fingerprint();
        }
    }

    /** Customer, amount and country of the row, the hour that it is taken to be, and how many visits two days have. */
    private List<String> rows(Source visits, Instant at) {
        try (FeatureRows rows = store().entities(visits, List.of("customer"), List.of(customer(visits)), at)) {
            assertThat(rows.inputs()).extracting(Input::source).containsExactly("customer");
            FeatureRows.Selected selected = rows.select(
                    Map.of("amount", "amount", "country", "country", "hour", "hour(at)"),
                    Optional.of("amount"),
                    Set.of());
            assertThat(selected.identity()).containsExactly("customer");
            Map<String, String> columns =
                    selected.features().stream().collect(Collectors.toMap(FeatureColumn::name, FeatureColumn::column));
            return selected.rows().collectAsList().stream()
                    .map(row -> "%s %s %s %s %s"
                            .formatted(
                                    row.<Integer>getAs("customer"),
                                    value(row, columns, "amount"),
                                    value(row, columns, "country"),
                                    value(row, columns, "hour"),
                                    value(row, columns, "customer_count_2d")))
                    .toList();
        }
    }

    private static Object value(Row row, Map<String, String> columns, String feature) {
        return row.getAs(columns.get(feature));
    }

    private FeatureStore store() {
        return new TestPipeline(spark, folder).store();
    }

    private Source visits() {
        return new Source(
                "visits",
                new Location.Files(folder.resolve("visits").toString(), Optional.empty(), Map.of()),
                Optional.of("at"),
                new KnownAt(Optional.of("at + interval 2 hours"), Map.of()),
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
}

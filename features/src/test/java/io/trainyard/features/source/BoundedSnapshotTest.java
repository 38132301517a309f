package io.trainyard.features.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class BoundedSnapshotTest {

    private static final Optional<Instant> FROM = Optional.of(Instant.parse("2024-01-10T00:00:00Z"));
    private static final Optional<Instant> TO = Optional.of(Instant.parse("2024-01-20T00:00:00Z"));

    private final SparkSession spark;
    private final SourceReader reader;

    @TempDir
    Path folder;

    BoundedSnapshotTest(SparkSession spark) {
        this.spark = spark;
        this.reader = new SourceReader(spark, ZoneOffset.UTC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp_ntz", "timestamp", "date"})
    void boundsArePushedIntoFiles(String type) {
        SourceSnapshot bounded = days(type).between(FROM, TO);

        assertThat(bounded.rows().count()).isEqualTo(11);
        assertThat(bounded.rows().queryExecution().executedPlan().toString())
                .containsPattern("PushedFilters: \\[[^\\]]*GreaterThanOrEqual\\(at,2024-01-(09|10)")
                .containsPattern("PushedFilters: \\[[^\\]]*LessThanOrEqual\\(at,2024-01-(20|21)");
    }

    @Test
    void oneBoundIsEnoughAndNoneChangesNothing() {
        SourceSnapshot days = days("timestamp_ntz");

        assertThat(days.between(Optional.empty(), TO).rows().count()).isEqualTo(20);
        assertThat(days.between(FROM, Optional.empty()).rows().count()).isEqualTo(22);
        assertThat(days.between(Optional.empty(), Optional.empty())).isSameAs(days);
        assertThat(days.between(FROM, TO).fingerprint()).isEqualTo(days.fingerprint());
    }

    @Test
    void withoutAnEventTimeThereAreNoBounds() {
        Source untimed = Source.of("days", days("date").source().location());

        assertThatThrownBy(() -> reader.snapshot(untimed).between(FROM, TO))
                .isInstanceOf(SourceException.class)
                .hasMessage("Cannot bound source 'days' by time: declare its event time");
    }

    private SourceSnapshot days(String type) {
        String path = folder.resolve(type).toString();
        spark.sql(
                        "SELECT cast(day AS %s) AS at FROM (SELECT explode(sequence(date'2024-01-01', date'2024-01-31')) AS day)"
                                .formatted(type))
                .write()
                .parquet(path);
        return reader.snapshot(new Source("days", Location.Files.at(path), Optional.of("at")));
    }
}

package io.trainyard.features.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.quality.QuarantineTable.Origin;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class QuarantineTableTest {

    private static final Instant AS_OF = Instant.parse("2024-01-05T00:00:00Z");

    private final SparkSession spark;

    @TempDir
    Path folder;

    QuarantineTableTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void rowsAreNotedWithWhereTheyComeFrom() {
        append("orders", "f1", Optional.of("at"));

        assertThat(table().toJSON().collectAsList())
                .containsExactly(
                        "{\"table\":\"orders\",\"test\":\"not_null k\",\"fingerprint\":\"f1\",\"as_of\":\"2024-01-05T00:00:00.000Z\",\"event_time\":\"2024-01-02T00:00:00.000Z\",\"row\":\"{\\\"at\\\":\\\"2024-01-02T00:00:00.000000Z\\\",\\\"id\\\":1}\"}");
    }

    @Test
    void theSameBuildAddsItsRowsOnce() {
        append("orders", "f1", Optional.empty());
        append("orders", "f1", Optional.empty());
        append("orders", "f2", Optional.empty());
        append("shops", "f1", Optional.empty());
        append("orders", "f1", Optional.empty());

        assertThat(table().count()).isEqualTo(3);
    }

    @Test
    void noRowsMakeNoTable() {
        new QuarantineTable(spark, path()).append(new Origin("orders", "f", AS_OF, Optional.empty()), rows().limit(0));

        assertThat(folder.resolve("quarantine")).doesNotExist();
    }

    private void append(String table, String fingerprint, Optional<String> eventTime) {
        new QuarantineTable(spark, path()).append(new Origin(table, fingerprint, AS_OF, eventTime), rows());
    }

    private Dataset<Row> rows() {
        return spark.sql("SELECT 1 AS id, timestamp'2024-01-02' AS at, 'not_null k' AS _test");
    }

    private Dataset<Row> table() {
        return spark.read().format("delta").load(path());
    }

    private String path() {
        return folder.resolve("quarantine").toString();
    }
}

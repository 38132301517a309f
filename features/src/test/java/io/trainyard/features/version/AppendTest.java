package io.trainyard.features.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.trainyard.features.SparkExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class AppendTest {

    private final SparkSession spark;

    @TempDir
    Path folder;

    private VersionedTable table;

    AppendTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void writeFirst() {
        table = new VersionedTable(spark, path());
        try (TableWriter writer = table.writer()) {
            writer.write(numbers(3), "one", "{}");
        }
    }

    @Test
    void aVersionCountsAllOfItsRows() {
        Commit two = append(2, "two", 0);
        DeltaTable.forPath(spark, path()).optimize().executeCompaction();
        Commit three = append(4, "three", two.table().version());

        assertThat(two.table())
                .isEqualTo(new TableVersion(path(), 1, Fingerprint.of(numbers(1).schema()), 5, "two"));
        assertThat(three.table().rows()).isEqualTo(9);
        assertThat(table.read(three.table().version()).count()).isEqualTo(9);
        assertThat(table.current()).contains(three);
    }

    @Test
    void theSameIsNotAppendedAgain() {
        Commit two = append(2, "two", 0);

        assertThat(append(2, "two", 0)).isEqualTo(two);
        assertThat(table.history()).hasSize(2);
    }

    @Test
    void whatIsNotCurrentAnyMoreIsRefused() {
        append(2, "two", 0);

        assertThatThrownBy(() -> append(2, "three", 0))
                .isInstanceOf(StaleVersionException.class)
                .hasMessage(
                        "Cannot append to version 0 of table %s: version 1 is current; run again to build upon what is there now"
                                .formatted(path()));

        DeltaTable.forPath(spark, path()).delete("id = 1");
        assertThatThrownBy(() -> append(2, "three", 1))
                .isInstanceOf(StaleVersionException.class)
                .hasMessageContaining("its rows were changed by somebody else");
    }

    @Test
    void otherColumnsAreRefused() {
        try (TableWriter writer = table.writer()) {
            assertThatThrownBy(() -> writer.append(numbers(1).selectExpr("id AS other"), "two", "{}", 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "Cannot append to table %s: its columns are struct<id:bigint>, and those of the new rows struct<other:bigint>; write the table anew"
                                    .formatted(path()));
        }
    }

    @Test
    void versionsAreFoundByTheirFingerprintWhileTheyCanBeRead() {
        Commit two = append(2, "two", 0);
        try (TableWriter writer = table.writer()) {
            writer.write(numbers(7), "three", "{}");
        }

        assertThat(table.find("two")).contains(two);
        assertThat(table.find("four")).isEmpty();
        Vacuum.of(spark, path()).retention(Duration.ZERO).execute(Instant.now());
        assertThat(table.find("two")).isEmpty();
        assertThat(table.find("three")).isEqualTo(table.current()).isPresent();
    }

    @Test
    void nothingAddedIsAVersionTooAndIsFound() {
        Commit two = append(0, "two", 0);
        Commit three = append(0, "three", two.table().version());

        assertThat(three.table().rows()).isEqualTo(3);
        assertThat(table.current("three")).contains(three);
        assertThat(table.find("two")).contains(two);
        assertThat(append(2, "four", three.table().version()).table().rows()).isEqualTo(5);
    }

    private Commit append(int rows, String fingerprint, long expected) {
        try (TableWriter writer = table.writer()) {
            return writer.append(numbers(rows), fingerprint, "{\"said\":\"%s\"}".formatted(fingerprint), expected);
        }
    }

    private Dataset<Row> numbers(int rows) {
        return spark.range(rows).toDF();
    }

    private String path() {
        return folder.resolve("a table").toString();
    }
}

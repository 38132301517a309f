package io.trainyard.features.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.trainyard.features.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class VersionedTableTest {

    private final SparkSession spark;

    @TempDir
    Path folder;

    private VersionedTable table;

    VersionedTableTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void nameTable() {
        table = new VersionedTable(spark, path());
    }

    @Test
    void aTableThatIsNotThereHasNoVersions() {
        assertThat(table.current()).isEmpty();
        assertThat(table.history()).isEmpty();
    }

    @Test
    void aWriteTellsItsVersion() {
        Commit commit = write(numbers(3), "one");

        assertThat(commit.table())
                .isEqualTo(new TableVersion(path(), 0, Fingerprint.of(numbers(3).schema()), 3, "one"));
        assertThat(commit.facts()).isEqualTo("{\"said\":\"one\"}");
        assertThat(table.current()).contains(commit);
    }

    /** Delta remembers that there was no version yet, and asks again after an hour. */
    @Test
    void aFirstVersionThatAnotherProcessMadeIsSeen(@TempDir Path folder) throws IOException {
        Commit elsewhere = write(numbers(3), "one");
        VersionedTable half = new VersionedTable(spark, folder.resolve("half").toString());
        Files.createDirectories(folder.resolve("half/_delta_log"));
        assertThat(half.exists()).isFalse();

        FileUtils.copyDirectory(Path.of(path()).toFile(), folder.resolve("half").toFile());

        assertThat(half.exists()).isTrue();
        assertThat(half.history()).hasSize(1);
        assertThat(half.current("one").orElseThrow().table().rows())
                .isEqualTo(elsewhere.table().rows());
    }

    @Test
    void oldVersionsStayReadableWhateverTheSchemaIsNow() {
        write(numbers(3), "one");
        write(numbers(2).selectExpr("cast(id as string) as name"), "two");

        assertThat(table.read(0).orderBy("id").toJSON().collectAsList())
                .containsExactly("{\"id\":0}", "{\"id\":1}", "{\"id\":2}");
        assertThat(table.read(1).columns()).containsExactly("name");
        assertThat(table.history())
                .extracting(commit -> commit.table().fingerprint())
                .containsExactly("two", "one");
    }

    @Test
    void onlyTheLatestIsCurrent() {
        write(numbers(3), "one");
        Commit two = write(numbers(4), "two");

        assertThat(table.current("one")).isEmpty();
        assertThat(table.current("two")).contains(two);
    }

    @Test
    void theSameIsNotWrittenAgain() {
        Commit one = write(numbers(3), "one");

        assertThat(write(numbers(3), "one")).isEqualTo(one);
        assertThat(table.history()).containsExactly(one);
    }

    @Test
    void aFirstVersionThatFailsLeavesNothing() {
        Dataset<Row> failing = numbers(3).selectExpr("if(id = 2, raise_error('no'), id) as id");

        assertThatThrownBy(() -> write(failing, "one")).hasStackTraceContaining("no");

        assertThat(folder.resolve("a table")).doesNotExist();
    }

    @Test
    void goingBackIsANewVersion() {
        write(numbers(3), "one");
        write(numbers(4), "two");

        assertThat(write(numbers(3), "one").table().version()).isEqualTo(2);
    }

    @Test
    void whatSomebodyElseChangedIsNotCurrent() {
        write(numbers(3), "one");
        DeltaTable.forPath(spark, path()).delete("id = 1");

        assertThat(table.current()).isEmpty();
    }

    @Test
    void maintenanceChangesNothing() {
        Commit commit = write(numbers(3).repartition(3), "one");
        DeltaTable.forPath(spark, path()).optimize().executeCompaction();
        DeltaTable.forPath(spark, path()).vacuum();

        assertThat(table.current()).contains(commit);
    }

    @Test
    void vacuumDoesNotTakeOldVersions() {
        write(numbers(3), "one");
        write(numbers(4), "two");
        DeltaTable.forPath(spark, path()).vacuum();

        assertThat(table.read(0).count()).isEqualTo(3);
        assertThat(spark.sql("SHOW TBLPROPERTIES delta.`%s`".formatted(path()))
                        .filter("key in ('delta.logRetentionDuration', 'delta.deletedFileRetentionDuration')")
                        .select("value")
                        .distinct()
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("interval 36500 days");
    }

    @Test
    void anOpenTableIsNotOpenedTwice() {
        try (TableWriter first = table.writer()) {
            assertThat(first).isNotNull();
            assertThatThrownBy(table::writer)
                    .isInstanceOf(TableBusyException.class)
                    .hasMessageContaining(path());
        }
    }

    private Commit write(Dataset<Row> rows, String fingerprint) {
        try (TableWriter writer = table.writer()) {
            return writer.write(rows, fingerprint, "{\"said\":\"%s\"}".formatted(fingerprint));
        }
    }

    private Dataset<Row> numbers(int rows) {
        return spark.range(rows).toDF();
    }

    private String path() {
        return folder.resolve("a table").toString();
    }
}

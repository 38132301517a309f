package io.trainyard.features.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.trainyard.features.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Option;

@ExtendWith(SparkExtension.class)
class VacuumTest {

    private static final String CHECK = "spark.databricks.delta.retentionDurationCheck.enabled";

    private final SparkSession spark;

    @TempDir
    Path folder;

    VacuumTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    @Tag("slow")
    void aPinnedVersionStaysForLong() {
        pinnedVersionsStayWhateverHappens(true, true, 50);
    }

    @Test
    @Tag("slow")
    void aPinnedVersionOfAPlainTableStays() {
        pinnedVersionsStayWhateverHappens(false, false, 4);
    }

    @ParameterizedTest(name = "partitioned {0}, deletion vectors {1}, {2} changes")
    @CsvSource("true, true, 4")
    void pinnedVersionsStayWhateverHappens(boolean partitioned, boolean vectors, int changes) {
        create(partitioned, vectors);
        DeltaTable.forPath(spark, path()).delete("id % 7 = 3");
        List<String> pinned = rows(1);
        Pins.of(spark, path()).pin(1, "model", "champion", Instant.EPOCH);
        for (int change = 0; change < changes; change++) {
            change(change);
        }
        DeltaTable.forPath(spark, path()).optimize().executeCompaction();
        List<String> latest = latest();

        Vacuum.Result result = Vacuum.of(spark, path()).retention(Duration.ZERO).execute(Instant.now());

        assertThat(result.kept()).hasSize(2).contains(1L);
        assertThat(result.files()).isPositive();
        assertThat(result.bytes()).isPositive();
        assertThat(rows(1)).isEqualTo(pinned);
        assertThat(latest()).isEqualTo(latest);
        Pins.of(spark, path()).verify();
        Vacuum.Result again = Vacuum.of(spark, path()).retention(Duration.ZERO).execute(Instant.now());
        assertThat(again.files()).isZero();
        assertThatThrownBy(() -> Pins.of(spark, path()).pin(3, "late", "", Instant.EPOCH))
                .isInstanceOf(UnreadableVersionException.class)
                .hasMessageContaining("are gone, such as ");
    }

    @Test
    void unpinnedVersionsGo() {
        overwrite(3);
        Pins.of(spark, path()).pin(0, "model", "", Instant.EPOCH);
        assertThat(vacuum(Duration.ZERO).kept()).containsExactly(0L, 2L);
        assertThat(rows(0)).hasSize(10);

        Pins.of(spark, path()).unpin(0, "model");

        assertThat(vacuum(Duration.ZERO).kept()).hasSize(1).doesNotContain(0L);
        assertThatThrownBy(() -> rows(0)).hasStackTraceContaining("FileNotFoundException");
    }

    @Test
    void whatIsYoungerThanTheRetentionStays() {
        overwrite(3);

        Vacuum.Result result = vacuum(Duration.ofHours(1));

        assertThat(result.files()).isZero();
        assertThat(result.kept()).containsExactly(0L, 1L, 2L);
        // In two hours, two versions have been replaced for longer than that, but their files are judged by their age
        // too.
        assertThat(Vacuum.of(spark, path())
                        .retention(Duration.ofHours(1))
                        .execute(Instant.now().plus(Duration.ofHours(2)))
                        .kept())
                .containsExactly(2L);
    }

    @Test
    void filesOfNoVersionGoWhenTheyAreOld() throws IOException {
        overwrite(1);
        Path stray = Files.writeString(folder.resolve("a table/stray.parquet"), "12345");

        assertThat(vacuum(Duration.ofHours(1)).files()).isZero();
        assertThat(vacuum(Duration.ZERO))
                .extracting(Vacuum.Result::files, Vacuum.Result::bytes)
                .containsExactly(1L, 5L);
        assertThat(stray).doesNotExist();
    }

    @Test
    void aDryRunSaysWhatTheNextRunDoes() {
        overwrite(4);
        Vacuum.Result said =
                Vacuum.of(spark, path()).retention(Duration.ZERO).dryRun(true).execute(Instant.now());

        assertThat(said.dryRun()).isTrue();
        assertThat(said.files()).isPositive();
        assertThat(rows(0)).hasSize(10);
        assertThat(vacuum(Duration.ZERO))
                .extracting(Vacuum.Result::files, Vacuum.Result::bytes)
                .containsExactly(said.files(), said.bytes());
    }

    @Test
    void nothingIsDeletedWhereAPinnedFileIsMissing() throws IOException {
        overwrite(3);
        Pins.of(spark, path()).pin(1, "model", "champion", Instant.EPOCH);
        for (String file : TableFiles.of(spark, path()).of(1, "test")) {
            Files.delete(Path.of(file.substring("file:".length())));
        }

        assertThatThrownBy(() -> vacuum(Duration.ZERO))
                .isInstanceOf(UnreadableVersionException.class)
                .hasMessageContaining("Cannot vacuum table " + path())
                .hasMessageContaining("files of version 1 of table ");
        assertThat(rows(0)).hasSize(10);
    }

    @Test
    void theSessionIsLeftAsItWas() {
        overwrite(2);
        Option<String> before = spark.conf().getOption(CHECK);

        vacuum(Duration.ZERO);

        assertThat(spark.conf().getOption(CHECK)).isEqualTo(before);
        assertThat(spark.catalog().tableExists("inventory")).isFalse();
    }

    @Test
    void nobodyVacuumsWhatSomebodyWrites() {
        overwrite(2);

        try (TableWriter writer = new VersionedTable(spark, path()).writer()) {
            assertThat(writer).isNotNull();
            assertThatThrownBy(() -> vacuum(Duration.ZERO)).isInstanceOf(TableBusyException.class);
        }
    }

    @Test
    void aRetentionIsNotNegative() {
        assertThatThrownBy(() -> Vacuum.of(spark, path()).retention(Duration.ofDays(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The retention of a vacuum is negative: PT-24H");
    }

    private void create(boolean partitioned, boolean vectors) {
        var writer = some(0).write().format("delta").option("delta.enableDeletionVectors", vectors);
        (partitioned ? writer.partitionBy("k") : writer).save(path());
    }

    private void change(int number) {
        DeltaTable table = DeltaTable.forPath(spark, path());
        switch (number % 4) {
            case 0 -> some(number).write().format("delta").mode("append").save(path());
            case 1 ->
                table.as("t")
                        .merge(some(number).as("s"), "t.id = s.id AND t.k = s.k")
                        .whenMatched()
                        .updateExpr(Map.of("v", "s.v + 1"))
                        .whenNotMatched()
                        .insertAll()
                        .execute();
            case 2 -> table.delete("id % 5 = 2");
            default -> some(number).write().format("delta").mode("overwrite").save(path());
        }
    }

    /** Rows whose partitions have names that are written otherwise in a path. */
    private Dataset<Row> some(int seed) {
        return spark.range(seed, seed + 40L)
                .repartition(2)
                .selectExpr(
                        "id",
                        "element_at(array('a b', 'c/d', 'e%f', 'ü+?#', 'x%20y'), cast(id % 5 AS int) + 1) AS k",
                        "id * %d AS v".formatted(seed + 1));
    }

    private void overwrite(int versions) {
        Stream.iterate(10, rows -> rows + 1)
                .limit(versions)
                .forEach(rows -> spark.range(rows)
                        .write()
                        .format("delta")
                        .mode("overwrite")
                        .save(path()));
    }

    private Vacuum.Result vacuum(Duration retention) {
        return Vacuum.of(spark, path()).retention(retention).execute(Instant.now());
    }

    private List<String> rows(long version) {
        return sorted(new VersionedTable(spark, path()).read(version));
    }

    private List<String> latest() {
        return sorted(spark.read().format("delta").load(path()));
    }

    private static List<String> sorted(Dataset<Row> rows) {
        return rows.toJSON().collectAsList().stream().sorted().toList();
    }

    private String path() {
        return folder.resolve("a table").toString();
    }
}

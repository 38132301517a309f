package io.trainyard.features.source;

import static org.apache.spark.sql.functions.desc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class SourceSnapshotTest {

    private final SparkSession spark;
    private final SourceReader reader;

    @TempDir
    Path folder;

    SourceSnapshotTest(SparkSession spark) {
        this.spark = spark;
        this.reader = new SourceReader(spark, ZoneOffset.UTC);
    }

    @Test
    void filesChangeWithTheirNamesSizesAndTimes() throws IOException {
        Path first = Files.write(folder.resolve("a.csv"), List.of("id", "1"));
        Source source = files(folder);
        SourceFingerprint before = fingerprint(source);

        assertThat(fingerprint(source)).isEqualTo(before);
        assertThat(before.uri()).isEqualTo("file:" + folder);

        Files.setLastModifiedTime(first, FileTime.fromMillis(0));
        SourceFingerprint touched = fingerprint(source);
        Files.write(folder.resolve("b.csv"), List.of("id", "2"));

        assertThat(touched).isNotEqualTo(before);
        assertThat(fingerprint(source)).isNotEqualTo(before).isNotEqualTo(touched);
    }

    @Test
    void filesThatChangeWhileTheyAreReadAreRefused() throws IOException {
        Files.write(folder.resolve("a.csv"), List.of("id", "1"));
        SourceSnapshot snapshot = reader.snapshot(files(folder));

        assertThatCode(snapshot::requireUnchanged).doesNotThrowAnyException();

        Files.write(folder.resolve("b.csv"), List.of("id", "2"));
        assertThatThrownBy(snapshot::requireUnchanged)
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot use source 'rows'")
                .hasMessageContaining("changed while they were read");
    }

    @Test
    void deltaTablesAreReadAtTheVersionOfTheirFingerprint() {
        Path table = folder.resolve("table");
        spark.range(3).write().format("delta").save(table.toString());
        SourceSnapshot snapshot = reader.snapshot(files(table));
        spark.range(5).write().format("delta").mode("append").save(table.toString());

        assertThat(snapshot.fingerprint().version()).hasValue(0);
        assertThat(snapshot.rows().count()).isEqualTo(3);
        assertThatCode(snapshot::requireUnchanged).doesNotThrowAnyException();
        assertThat(fingerprint(files(table)).version()).hasValue(1);
        assertThat(fingerprint(files(table))).isNotEqualTo(snapshot.fingerprint());
    }

    @Test
    void queriesChangeWithTheirRowsAndNotWithTheirOrder() {
        Source source = Source.of("q", new Location.Query("SELECT * FROM counted"));
        spark.range(3).createOrReplaceTempView("counted");
        SourceFingerprint before = fingerprint(source);

        spark.range(3).orderBy(desc("id")).createOrReplaceTempView("counted");
        assertThat(fingerprint(source)).isEqualTo(before);

        spark.range(4).createOrReplaceTempView("counted");
        assertThat(fingerprint(source)).isNotEqualTo(before);

        spark.range(0).createOrReplaceTempView("counted");
        assertThat(fingerprint(source).uri()).isEqualTo("SELECT * FROM counted");
        spark.catalog().dropTempView("counted");
    }

    private SourceFingerprint fingerprint(Source source) {
        return reader.snapshot(source).fingerprint();
    }

    private static Source files(Path path) {
        return Source.of("rows", Location.Files.at(path.toString()));
    }
}

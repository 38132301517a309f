package io.trainyard.features.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class PinsTest {

    private static final Instant NOON = Instant.parse("2024-01-05T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(1);

    private final SparkSession spark;

    @TempDir
    Path folder;

    private Pins pins;

    PinsTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void writeTwoVersions() {
        for (int rows = 3; rows <= 4; rows++) {
            spark.range(rows).write().format("delta").mode("overwrite").save(path());
        }
        pins = Pins.of(spark, path());
    }

    @Test
    void pinsAreKeptByVersionAndOwner() {
        pins.pin(1, "study-b", "training", NOON);
        pins.pin(0, "model.7", "champion", NOON);
        pins.pin(1, "study-a", "training", LATER);
        pins.unpin(1, "study-b");
        pins.unpin(1, "nobody");

        assertThat(Pins.of(spark, path()).all())
                .containsExactly(new Pin(0, "model.7", "champion", NOON), new Pin(1, "study-a", "training", LATER));
        assertThat(pins.versions()).containsExactly(0L, 1L);
        assertThat(folder.resolve("a table/_trainyard_pins/0/model.7"))
                .hasContent(
                        "{\"version\":0,\"owner\":\"model.7\",\"reason\":\"champion\",\"time\":\"2024-01-05T12:00:00Z\"}");
        assertThat(spark.read().format("delta").load(path()).count()).isEqualTo(4);
    }

    @Test
    void pinningAgainChangesNothing() {
        pins.pin(0, "study", "first", NOON);
        pins.pin(0, "study", "second", LATER);

        assertThat(pins.all()).containsExactly(new Pin(0, "study", "first", NOON));
    }

    @Test
    void noTableHasNoPins() {
        Pins none = Pins.of(spark, folder.resolve("none").toString());

        assertThat(none.all()).isEmpty();
        assertThatThrownBy(() -> none.pin(0, "study", "", NOON))
                .isInstanceOf(UnreadableVersionException.class)
                .hasMessageContaining("Cannot pin version 0 for 'study': no Delta table is at ")
                .hasMessageContaining("check the path");
        assertThat(folder.resolve("none/_trainyard_pins")).doesNotExist();
    }

    @Test
    void versionsThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> pins.pin(2, "study", "", NOON))
                .isInstanceOf(UnreadableVersionException.class)
                .hasMessage("Cannot pin version 2 for 'study': table %s has no version 2; its versions are 0 to 1"
                        .formatted(path()));
        assertThat(pins.all()).isEmpty();
    }

    @Test
    void versionsWhoseFilesAreGoneAreRefused() {
        pins.pin(1, "study", "training", NOON);
        deleteData();

        assertThatThrownBy(() -> pins.pin(0, "study", "", NOON))
                .isInstanceOf(UnreadableVersionException.class)
                .hasMessageContaining("Cannot pin version 0 for 'study': ")
                .hasMessageContaining("files of version 0 of table " + path() + " are gone, such as file:" + path());
        assertThatThrownBy(pins::verify)
                .isInstanceOf(UnreadableVersionException.class)
                .hasMessageContaining("Cannot keep version 1, pinned by 'study' (training): ")
                .hasMessageContaining("unpin the version if it is given up");
        assertThat(pins.versions()).containsExactly(1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", ".hidden", "a b"})
    void ownersAreNames(String owner) {
        assertThatThrownBy(() -> pins.pin(0, owner, "", NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Cannot pin for '%s': an owner names a file".formatted(owner));
        assertThatThrownBy(() -> pins.unpin(0, owner)).isInstanceOf(IllegalArgumentException.class);
    }

    private void deleteData() {
        try (Stream<Path> files = Files.list(folder.resolve("a table"))) {
            List<Path> data =
                    files.filter(file -> file.toString().endsWith(".parquet")).toList();
            for (Path file : data) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String path() {
        return folder.resolve("a table").toString();
    }
}

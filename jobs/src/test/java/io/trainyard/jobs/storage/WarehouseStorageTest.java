package io.trainyard.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.file.LocalStorage;
import io.trainyard.registry.file.RegistryStorage;
import io.trainyard.tuning.journal.LocalSegments;
import io.trainyard.tuning.journal.SegmentStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseStorageTest {

    @TempDir
    private Path directory;

    @Test
    void localFoldersGoPastHadoop() throws IOException {
        WarehouseStorage storage = WarehouseStorage.of(new Configuration());
        Path folder = directory.resolve("a b");

        assertThat(storage.registry("file:" + folder)).isInstanceOf(LocalStorage.class);
        assertThat(storage.segments("file:" + folder))
                .isInstanceOf(LocalSegments.class)
                .extracting(SegmentStore::location)
                .isEqualTo(folder.toString());
        assertThat(storage.segments(folder.toString()).location()).isEqualTo(folder.toString());
    }

    @Test
    void segmentsOnAHadoopPath() throws IOException {
        SegmentStore segments =
                new WarehouseStorage(AtomicFileSystem.configuration(), true).segments("atomic:" + directory);

        assertThat(segments.list()).isEmpty();
        assertThat(segments.createIfAbsent("00000001.jsonl", "first".getBytes(UTF_8)))
                .isTrue();
        assertThat(segments.createIfAbsent("00000001.jsonl", "second".getBytes(UTF_8)))
                .isFalse();
        assertThat(segments.list()).containsExactly("00000001.jsonl");
        assertThat(segments.read("00000001.jsonl")).asString(UTF_8).isEqualTo("first");
        assertThat(segments.location()).isEqualTo("atomic:" + directory);
        assertThatThrownBy(() -> segments.read("00000002.jsonl"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageEndingWith("/00000002.jsonl");
    }

    @Test
    void textOnAHadoopPath() throws IOException {
        WarehouseStorage storage = new WarehouseStorage(AtomicFileSystem.configuration(), true);
        Files.writeString(directory.resolve("p.yaml"), "größe: 1");

        assertThat(storage.text("atomic:" + directory + "/p.yaml")).isEqualTo("größe: 1");
        assertThatThrownBy(() -> storage.text("atomic:" + directory + "/q.yaml"))
                .isInstanceOf(StorageException.class)
                .hasMessage("Cannot read 'atomic:%s/q.yaml': no such file", directory);
    }

    @Test
    void theUserVouchesInTheConfiguration() throws IOException {
        Configuration configuration = AtomicFileSystem.configuration();
        RegistryStorage refused = WarehouseStorage.of(configuration).registry("atomic:" + directory);
        configuration.setBoolean("trainyard.storage.single-writer", true);
        RegistryStorage vouchedFor = WarehouseStorage.of(configuration).registry("atomic:" + directory);

        assertThatThrownBy(() -> refused.createIfAbsent("a", new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(StorageException.class);
        assertThat(vouchedFor.createIfAbsent("a", new ByteArrayInputStream(new byte[0])))
                .isTrue();
    }
}

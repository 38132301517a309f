package io.trainyard.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopFolderTest {

    @TempDir
    private Path directory;

    @Test
    void stagedFilesAreHiddenAndTidiedUp() throws IOException {
        HadoopFolder folder = AtomicFileSystem.folder(directory, Exclusion.RENAME);
        folder.createIfAbsent("a", content("1"));
        folder.createIfAbsent("a", content("2"));

        assertThat(folder.list("")).containsExactly("a");
        assertThat(directory.resolve(".staging")).isEmptyDirectory();
    }

    @Test
    void twoWritersThatCannotBeKeptApartAreRefused() throws IOException {
        HadoopFolder folder = AtomicFileSystem.folder(directory, Exclusion.NONE);
        Files.writeString(directory.resolve("old"), "still readable");

        assertThatThrownBy(() -> folder.createIfAbsent("new", content("x")))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot write 'atomic:")
                .hasMessageContaining("two writers could overwrite each other")
                .hasMessageEndingWith("say so by --conf spark.hadoop.trainyard.storage.single-writer=true");
        try (InputStream old = folder.read("old")) {
            assertThat(old).hasContent("still readable");
        }
    }

    @Test
    void pathsStayBelowTheFolder() throws IOException {
        HadoopFolder folder = AtomicFileSystem.folder(directory, Exclusion.PUT);

        assertThatThrownBy(() -> folder.read("../other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Path '../other' leads out of 'atomic:");
        assertThat(folder.uri("a/b")).isEqualTo("atomic:" + directory + "/a/b");
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}

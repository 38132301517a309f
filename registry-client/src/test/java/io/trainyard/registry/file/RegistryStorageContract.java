package io.trainyard.registry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every storage of a registry does. */
public abstract class RegistryStorageContract {
    private RegistryStorage storage;

    /** An empty storage. */
    protected abstract RegistryStorage storage();

    @BeforeEach
    void open() {
        storage = storage();
    }

    @Test
    void whatIsCreatedIsRead() throws IOException {
        assertThat(create("a/b/c.json", "text")).isTrue();

        assertThat(text("a/b/c.json")).isEqualTo("text");
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        assertThat(create("a/_SUCCESS", "")).isTrue();

        assertThat(storage.list("a")).containsExactly("_SUCCESS");
        assertThat(text("a/_SUCCESS")).isEmpty();
    }

    @Test
    void whatIsThereStays() throws IOException {
        create("a/1", "first");

        assertThat(create("a/1", "second")).isFalse();
        assertThat(text("a/1")).isEqualTo("first");
    }

    @Test
    void aFolderListsItsFilesAndFoldersSorted() throws IOException {
        create("a/2", "");
        create("a/10", "");
        create("a/b/c/d", "");
        create("other", "");

        assertThat(storage.list("a")).containsExactly("10", "2", "b");
        assertThat(storage.list("a/b")).containsExactly("c");
    }

    @Test
    void aFolderIsDeletedWithAllThatIsInIt() throws IOException {
        create("a/1", "");
        create("a/b/c/d", "");
        create("ab/1", "beside");

        storage.delete("a");
        storage.delete("a");

        assertThat(storage.list("a")).isEmpty();
        assertThat(storage.list("a/b")).isEmpty();
        assertThat(text("ab/1")).isEqualTo("beside");
        assertThat(create("a/1", "again")).isTrue();
        assertThat(text("a/1")).isEqualTo("again");
    }

    @Test
    void aFolderThatIsNotThereListsNothing() throws IOException {
        assertThat(storage.list("nowhere")).isEmpty();
    }

    @Test
    void aFileThatIsNotThereCannotBeRead() {
        assertThatThrownBy(() -> storage.read("nowhere").close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void contentThatBreaksOffLeavesNoFile() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        InputStream broken = new SequenceInputStream(content("half"), closed);

        assertThatThrownBy(() -> storage.createIfAbsent("a/1", broken)).hasMessageContaining("Stream closed");
        assertThat(storage.list("a")).isEmpty();
        assertThat(create("a/1", "whole")).isTrue();
    }

    @Test
    void oneOfManyWritersWins() throws IOException, InterruptedException, ExecutionException {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                String path = "race/" + round;
                List<Callable<Boolean>> attempts = new ArrayList<>();
                for (int writer = 0; writer < 8; writer++) {
                    String text = String.valueOf(writer).repeat(10_000);
                    attempts.add(() -> create(path, text));
                }
                List<Boolean> created = new ArrayList<>();
                for (Future<Boolean> attempt : writers.invokeAll(attempts)) {
                    created.add(attempt.get());
                }
                assertThat(created).containsOnlyOnce(true);
                int winner = created.indexOf(true);
                assertThat(text(path)).isEqualTo(String.valueOf(winner).repeat(10_000));
            }
        } finally {
            writers.shutdown();
        }
    }

    @Test
    void aPathHasAUri() {
        assertThat(storage.uri("a/b")).contains(":").endsWith("/a/b");
    }

    private boolean create(String path, String text) throws IOException {
        return storage.createIfAbsent(path, content(text));
    }

    private String text(String path) throws IOException {
        try (InputStream content = storage.read(path)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}

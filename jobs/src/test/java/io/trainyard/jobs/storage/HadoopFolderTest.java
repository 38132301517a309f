package io.trainyard.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HadoopFolderTest {

    @TempDir
    private java.nio.file.Path directory;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void firstWriterCreatesAndTheSecondIsTold(Exclusion exclusion) throws IOException {
        HadoopFolder folder = folder(exclusion);

        assertThat(folder.createIfAbsent("a/b.txt", content("first"))).isTrue();
        assertThat(folder.createIfAbsent("a/b.txt", content("second"))).isFalse();
        assertThat(text(folder, "a/b.txt")).isEqualTo("first");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void oneOfManyWritersGetsTrueAndItsContentStays(Exclusion exclusion) throws Exception {
        HadoopFolder folder = folder(exclusion);
        int writers = 8;
        CyclicBarrier together = new CyclicBarrier(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            for (int round = 0; round < 20; round++) {
                String name = "segment-" + round;
                List<Callable<Boolean>> attempts = IntStream.range(0, writers)
                        .<Callable<Boolean>>mapToObj(writer -> () -> {
                            together.await();
                            return folder.createIfAbsent(name, content("writer " + writer));
                        })
                        .toList();
                List<Boolean> won = threads.invokeAll(attempts).stream()
                        .map(HadoopFolderTest::result)
                        .toList();

                assertThat(won).containsOnlyOnce(true);
                assertThat(text(folder, name)).isEqualTo("writer " + won.indexOf(true));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void contentThatCannotBeReadLeavesNoFile(Exclusion exclusion) throws IOException {
        HadoopFolder folder = folder(exclusion);
        InputStream breaking = new SequenceInputStream(content("half"), new BrokenStream());

        assertThatThrownBy(() -> folder.createIfAbsent("whole", breaking)).hasMessage("the disk is gone");
        assertThat(folder.list("")).isEmpty();
        assertThat(folder.createIfAbsent("whole", content("all"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void listsVisibleNamesInOrder(Exclusion exclusion) throws IOException {
        HadoopFolder folder = folder(exclusion);
        for (String path : List.of("b", "a", "c/d", ".hidden")) {
            folder.createIfAbsent(path, content(path));
        }

        assertThat(folder.list("")).containsExactly("a", "b", "c");
        assertThat(folder.list("c")).containsExactly("d");
        assertThat(folder.list("absent")).isEmpty();
    }

    @Test
    void nothingIsLeftInStaging() throws IOException {
        HadoopFolder folder = folder(Exclusion.RENAME);
        folder.createIfAbsent("a", content("1"));
        folder.createIfAbsent("a", content("2"));

        assertThat(directory.resolve(".staging")).isEmptyDirectory();
    }

    @Test
    void twoWritersThatCannotBeKeptApartAreRefused() throws IOException {
        HadoopFolder folder = folder(Exclusion.NONE);
        Files.writeString(directory.resolve("old"), "still readable");

        assertThatThrownBy(() -> folder.createIfAbsent("new", content("x")))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot write 'atomic:")
                .hasMessageContaining("two writers could overwrite each other")
                .hasMessageEndingWith("say so by --conf spark.hadoop.trainyard.storage.single-writer=true");
        assertThat(text(folder, "old")).isEqualTo("still readable");
    }

    @Test
    void pathsStayBelowTheFolder() throws IOException {
        HadoopFolder folder = folder(Exclusion.PUT);

        assertThatThrownBy(() -> folder.read("../other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Path '../other' leads out of 'atomic:");
        assertThat(folder.uri("a/b")).isEqualTo("atomic:" + directory + "/a/b");
    }

    private HadoopFolder folder(Exclusion exclusion) throws IOException {
        Path root = new Path("atomic:" + directory);
        return new HadoopFolder(root.getFileSystem(AtomicFileSystem.configuration()), root, exclusion);
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static String text(HadoopFolder folder, String path) throws IOException {
        try (InputStream file = folder.read(path)) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }

    private static boolean result(Future<Boolean> attempt) {
        try {
            return attempt.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class BrokenStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the disk is gone");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }
    }
}

package io.trainyard.tuning.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSegmentsTest {

    @TempDir
    private Path folder;

    @Nested
    class WithLinks extends SegmentStoreContract {
        @Override
        protected SegmentStore store() {
            return new LocalSegments(folder.resolve("studies/fraud"));
        }
    }

    @Nested
    class WithoutLinks extends SegmentStoreContract {
        @Override
        protected SegmentStore store() {
            return new LocalSegments(folder.resolve("studies/fraud"), false);
        }
    }

    @Test
    void leavesNoOtherFiles() throws IOException {
        SegmentStore store = new LocalSegments(folder);
        store.createIfAbsent("00000001.jsonl", new byte[10]);
        store.createIfAbsent("00000001.jsonl", new byte[10]);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("00000001.jsonl"));
        }
    }

    @Test
    void ignoresWhatADriverLeftThatDiedInTheMidst() throws IOException {
        Files.writeString(folder.resolve(".00000001.jsonl.1b4e28ba"), "{\"event\":\"as");

        assertThat(new LocalSegments(folder).list()).isEmpty();
    }

    @Test
    void writesAlsoWhenTheThreadIsInterrupted() throws IOException {
        SegmentStore store = new LocalSegments(folder);
        Thread.currentThread().interrupt();

        assertThat(store.createIfAbsent("00000001.jsonl", "first".getBytes(UTF_8)))
                .isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.read("00000001.jsonl")).asString(UTF_8).isEqualTo("first");
    }

    @Test
    void aFileWhereTheFolderShouldBeIsAnError() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> new LocalSegments(file).createIfAbsent("00000001.jsonl", new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file");
    }
}

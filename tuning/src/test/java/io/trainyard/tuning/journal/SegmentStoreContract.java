package io.trainyard.tuning.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every segment store promises. */
public abstract class SegmentStoreContract {

    /** An empty store. */
    protected abstract SegmentStore store();

    @Test
    void isEmptyAtFirst() throws IOException {
        assertThat(store().list()).isEmpty();
    }

    @Test
    void readsWhatWasCreated() throws IOException {
        SegmentStore store = store();

        assertThat(store.createIfAbsent("00000002.jsonl", "second".getBytes(UTF_8)))
                .isTrue();
        assertThat(store.createIfAbsent("00000001.jsonl", "first".getBytes(UTF_8)))
                .isTrue();
        assertThat(store.list()).containsExactly("00000001.jsonl", "00000002.jsonl");
        assertThat(store.read("00000002.jsonl")).asString(UTF_8).isEqualTo("second");
    }

    @Test
    void leavesWhatIsThere() throws IOException {
        SegmentStore store = store();
        store.createIfAbsent("00000001.jsonl", "first".getBytes(UTF_8));

        assertThat(store.createIfAbsent("00000001.jsonl", "other".getBytes(UTF_8)))
                .isFalse();
        assertThat(store.read("00000001.jsonl")).asString(UTF_8).isEqualTo("first");
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void ofManyCallersOneSucceeds() throws IOException, InterruptedException, ExecutionException {
        SegmentStore store = store();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                String name = "%08d.jsonl".formatted(round);
                var calls = IntStream.range(0, 8)
                        .mapToObj(
                                i -> callers.submit(() -> store.createIfAbsent(name, ("caller " + i).getBytes(UTF_8))))
                        .toList();
                List<String> winners = new ArrayList<>();
                for (int i = 0; i < calls.size(); i++) {
                    if (calls.get(i).get()) {
                        winners.add("caller " + i);
                    }
                }
                assertThat(winners).containsExactly(new String(store.read(name), UTF_8));
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void saysWhenThereIsNoSuchFile() {
        assertThatThrownBy(() -> store().read("00000009.jsonl")).isInstanceOf(NoSuchFileException.class);
    }
}

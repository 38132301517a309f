package io.trainyard.tuning.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.journal.TroubledSegments.Trouble;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.StudyEvent;
import io.trainyard.tuning.study.StudyException;
import io.trainyard.tuning.study.StudyStorage;
import io.trainyard.tuning.study.StudyStorageContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalStorageTest extends StudyStorageContract {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final StudyEvent.Owned OWNER = new StudyEvent.Owned("fraud", "identity", NOON);

    private final TroubledSegments segments = new TroubledSegments();

    @Override
    protected StudyStorage storage() {
        return new JournalStorage(new TroubledSegments(), "driver");
    }

    @Test
    void aSecondDriverStopsTheFirst() {
        JournalStorage first = owned("first");
        append(first, 0);
        JournalStorage second = new JournalStorage(segments, "second");

        assertThat(second.takeOver(OWNER)).containsExactly(OWNER, told(0));
        assertThatThrownBy(() -> append(first, 1))
                .isInstanceOf(FencedException.class)
                .hasMessage("Another driver (second) took over study 'fraud' at 2026-01-01T12:00:00Z: this one stops. "
                        + "What it has told is kept, in memory");
        assertThatThrownBy(() -> first.append(told(2))).isInstanceOf(FencedException.class);
        append(second, 1);
        assertThat(second.events()).containsExactly(OWNER, told(0), OWNER, told(1));
    }

    /** Reading must not make the first driver take the second's segments for its own. */
    @Test
    void aDriverThatReadsIsStoppedAllTheSame() {
        JournalStorage first = owned("first");
        JournalStorage second = owned("second");
        append(second, 0);
        first.events();

        assertThatThrownBy(() -> append(first, 1)).isInstanceOf(FencedException.class);
    }

    @Test
    void eventsAppendedTogetherShareASegment() {
        JournalStorage storage = owned("driver");
        IntStream.range(0, 10).forEach(i -> storage.append(told(i)));
        storage.sync(10);

        assertThat(segments.list()).containsExactly("00000001.jsonl", "00000002.jsonl");
        assertThat(storage.events()).hasSize(11);
    }

    @Test
    void aFullDiskLosesNothingThatIsTriedAgain() {
        JournalStorage storage = owned("driver");
        segments.next(Trouble.DISK_FULL);
        assertThatThrownBy(() -> append(storage, 0))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot write 00000002.jsonl in memory")
                .hasRootCauseMessage("No space left on device");
        append(storage, 1);

        assertThat(storage.events()).containsExactly(OWNER, told(0), told(1));
    }

    @Test
    void aWriteThatFailedAfterTheDeedIsNotAnotherDriver() {
        JournalStorage storage = owned("driver");
        segments.next(Trouble.TIMEOUT_AFTER_THE_DEED);
        assertThatThrownBy(() -> append(storage, 0)).hasRootCauseMessage("Read timed out");
        append(storage, 1);

        assertThat(storage.events()).containsExactly(OWNER, told(0), told(1));
    }

    @Test
    void aDamagedLastSegmentCanBeMovedAway() throws IOException {
        JournalStorage killed = owned("killed");
        append(killed, 0);
        append(killed, 1);
        byte[] damaged = segments.read("00000003.jsonl");
        damaged[20] ^= 1;
        segments.overwrite("00000003.jsonl", damaged);
        JournalStorage next = new JournalStorage(segments, "next");

        assertThatThrownBy(() -> next.takeOver(OWNER))
                .isInstanceOf(StudyException.class)
                .hasMessageStartingWith(
                        "Cannot read the journal in memory: segment 00000003.jsonl is damaged: its checksum is ")
                .hasMessageEndingWith(". It is the last one: move it away to continue without its events");
        segments.delete("00000003.jsonl");
        assertThat(next.takeOver(OWNER)).containsExactly(OWNER, told(0));
    }

    @Test
    void aDamagedSegmentBeforeTheLastCannot() throws Exception {
        JournalStorage storage = owned("driver");
        append(storage, 0);
        append(storage, 1);
        byte[] damaged = segments.read("00000002.jsonl");
        segments.overwrite("00000002.jsonl", Arrays.copyOf(damaged, damaged.length - 1));

        assertThatThrownBy(storage::events)
                .hasMessageContaining("00000002.jsonl is damaged: it is cut off after %d bytes", damaged.length - 1)
                .hasMessageContaining("Restore it from a copy, or start a new study");
    }

    @Test
    void aMissingSegmentIsNamed() {
        JournalStorage storage = owned("driver");
        append(storage, 0);
        append(storage, 1);
        segments.delete("00000002.jsonl");

        assertThatThrownBy(storage::events)
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("segment 00000002.jsonl is missing, and 00000003.jsonl is there");
    }

    @Test
    void otherFilesInTheFolderAreIgnored() {
        JournalStorage storage = owned("driver");
        segments.overwrite("report.html", new byte[0]);

        assertThat(storage.events()).containsExactly(OWNER);
    }

    private JournalStorage owned(String writer) {
        JournalStorage storage = new JournalStorage(segments, writer);
        storage.takeOver(OWNER);
        return storage;
    }

    private static void append(StudyStorage storage, int number) {
        storage.sync(storage.append(told(number)));
    }

    private static StudyEvent told(int number) {
        return new StudyEvent.Told(number, new Outcome.Complete(0.5), NOON);
    }
}

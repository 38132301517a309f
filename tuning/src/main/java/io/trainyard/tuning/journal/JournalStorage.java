package io.trainyard.tuning.journal;

import io.trainyard.tuning.study.StudyEvent;
import io.trainyard.tuning.study.StudyStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A study's events in numbered segments. The first thread that waits for its event writes all that are queued by then as
 * one segment, while the others wait for it (group commit).
 *
 * <p>The owner of a study is the one whose {@link StudyEvent.Owned} comes last. It is a segment like any other, so the
 * driver before it finds its next number taken, and stops.
 */
public final class JournalStorage implements StudyStorage {

    private final SegmentStore store;
    private final String writer;
    private final SegmentReader reader;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private final List<StudyEvent> queue = new ArrayList<>();
    /** What is being written. Kept when that fails, which may have been after the deed: the same is tried again. */
    private List<StudyEvent> batch = List.of();
    /** The number of the next segment; 0 until the study is taken over. */
    private int next;

    private boolean writing;
    private long appended;
    private long durable;
    private Optional<String> fence = Optional.empty();

    /** @param writer says which driver this is, unlike any other: for example host, process and time */
    public JournalStorage(SegmentStore store, String writer) {
        this.store = store;
        this.writer = writer;
        this.reader = new SegmentReader(store);
    }

    @Override
    public List<StudyEvent> events() {
        return reader.readAll().events();
    }

    /**
     * What of the journal does not count because a driver died, or was replaced, in the midst of writing it: a sentence each. What
     * was to be told by it runs again.
     */
    public List<String> lost() {
        return reader.readAll().lost();
    }

    @Override
    public List<StudyEvent> takeOver(StudyEvent.Owned owner) {
        lock.lock();
        try {
            Contents before = reader.readAll();
            while (!create(before.size() + 1, new Segment(writer, List.of(owner), before.cutAtEnd()))) {
                before = reader.readAll();
            }
            next = before.size() + 2;
            return before.events();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long append(StudyEvent event) {
        lock.lock();
        try {
            if (next == 0) {
                throw new IllegalStateException("Cannot append an event: take the study over first");
            }
            checkFence();
            queue.add(event);
            return ++appended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sync(long position) {
        lock.lock();
        try {
            while (durable < position) {
                checkFence();
                if (writing) {
                    written.awaitUninterruptibly();
                } else {
                    writeQueued();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives the lock away while it writes. */
    private void writeQueued() {
        if (batch.isEmpty()) {
            batch = List.copyOf(queue);
            queue.clear();
        }
        Segment segment = new Segment(writer, batch);
        boolean created = false;
        writing = true;
        lock.unlock();
        try {
            created = create(next, segment);
        } finally {
            lock.lock();
            writing = false;
            written.signalAll();
        }
        if (created) {
            durable += batch.size();
            batch = List.of();
            next++;
        } else {
            fence = Optional.of(fence(next));
        }
    }

    /** Whether a segment is there and is ours, be it from a call before that failed after the deed. */
    private boolean create(int number, Segment segment) {
        String name = SegmentFiles.name(number);
        byte[] content = segment.encode();
        try {
            return store.createIfAbsent(name, content) || Arrays.equals(store.read(name), content);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot write %s in %s".formatted(name, store.location()), failure);
        }
    }

    private void checkFence() {
        fence.ifPresent(message -> {
            throw new FencedException(message);
        });
    }

    private String fence(int number) {
        Optional<Segment> taken =
                Optional.ofNullable(reader.readAll().segments().get(number));
        String when = taken.stream()
                .flatMap(segment -> segment.events().stream())
                .filter(StudyEvent.Owned.class::isInstance)
                .map(StudyEvent.Owned.class::cast)
                .map(owned -> "study '%s' at %s".formatted(owned.study(), owned.at()))
                .findFirst()
                .orElse("this study");
        return "Another driver (%s) took over %s: this one stops. What it has told is kept, in %s"
                .formatted(taken.map(Segment::writer).orElse("unknown"), when, store.location());
    }
}

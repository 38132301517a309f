package io.trainyard.tuning.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Segments in memory, with the troubles of a real storage on demand. */
final class TroubledSegments implements SegmentStore {

    /** What goes wrong with a call to create. */
    enum Trouble {
        /** Before anything is written. */
        DISK_FULL,
        /** After the file is there: the caller cannot know. */
        TIMEOUT_AFTER_THE_DEED
    }

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final Deque<Trouble> troubles = new ArrayDeque<>();

    synchronized void next(Trouble trouble) {
        troubles.add(trouble);
    }

    synchronized void overwrite(String name, byte[] content) {
        files.put(name, content);
    }

    synchronized void delete(String name) {
        files.remove(name);
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized byte[] read(String name) throws IOException {
        if (!files.containsKey(name)) {
            throw new NoSuchFileException(name);
        }
        return files.get(name);
    }

    @Override
    public synchronized boolean createIfAbsent(String name, byte[] content) throws IOException {
        if (troubles.isEmpty()) {
            return files.putIfAbsent(name, content) == null;
        }
        if (troubles.poll() == Trouble.DISK_FULL) {
            throw new IOException("No space left on device");
        }
        files.putIfAbsent(name, content);
        throw new IOException("Read timed out");
    }

    @Override
    public String location() {
        return "memory";
    }
}

package io.trainyard.tuning.journal;

import java.io.IOException;
import java.util.List;

/**
 * A folder of small immutable files. Creating one is atomic and exclusive, which is all that a journal asks of a storage.
 * Implementations are safe for use by several threads and processes.
 */
public interface SegmentStore {

    /** The names of all files, sorted; none of those that are being written. */
    List<String> list() throws IOException;

    /** @throws java.nio.file.NoSuchFileException when there is no such file */
    byte[] read(String name) throws IOException;

    /**
     * Creates a file, which outlives this process when this returns true. Of several callers with the same name one succeeds, and a reader sees
     * all of the content or no file.
     *
     * @return false when the file was there; it is then left as it was
     */
    boolean createIfAbsent(String name, byte[] content) throws IOException;

    /** Where the files are, for messages. */
    String location();
}

package io.trainyard.registry.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * All that a registry needs of a storage. Paths are relative to its root, with {@code /} between segments; files
 * never change while they are there.
 */
public interface RegistryStorage {
    /** The names of the files and folders directly in {@code folder}, sorted; empty when there is no such folder. */
    List<String> list(String folder) throws IOException;

    /** The content of a file; the caller closes it. */
    InputStream read(String path) throws IOException;

    /**
     * Writes a file, and the folders above it, unless it is there already. Atomic: of any number of writers one gets
     * true, and nobody ever sees a part of the content. Durable: when it has returned, the file survives a crash.
     *
     * @param content read to its end, not closed; a failure to read it leaves no file
     * @return false when the file was there already, whatever it holds
     */
    boolean createIfAbsent(String path, InputStream content) throws IOException;

    /** Removes a folder with all that is in it; nothing where there is none. Its files go one after the other. */
    void delete(String folder) throws IOException;

    /** Where {@code path} is, for people and for other programs. */
    String uri(String path);
}

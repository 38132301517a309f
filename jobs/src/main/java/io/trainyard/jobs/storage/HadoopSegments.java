package io.trainyard.jobs.storage;

import io.trainyard.tuning.journal.SegmentStore;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** The segments of a journal on a Hadoop path. */
final class HadoopSegments implements SegmentStore {

    private final HadoopFolder folder;

    HadoopSegments(HadoopFolder folder) {
        this.folder = folder;
    }

    @Override
    public List<String> list() throws IOException {
        return folder.list("");
    }

    @Override
    public byte[] read(String name) throws IOException {
        try (InputStream file = folder.read(name)) {
            return file.readAllBytes();
        } catch (FileNotFoundException e) {
            throw (NoSuchFileException) new NoSuchFileException(folder.uri(name)).initCause(e);
        }
    }

    @Override
    public boolean createIfAbsent(String name, byte[] content) throws IOException {
        return folder.createIfAbsent(name, new ByteArrayInputStream(content));
    }

    @Override
    public String location() {
        return folder.uri("");
    }
}

package io.trainyard.jobs.storage;

import io.trainyard.registry.file.RegistryStorage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The files of a registry on a Hadoop path. */
final class HadoopRegistryStorage implements RegistryStorage {

    private final HadoopFolder folder;

    HadoopRegistryStorage(HadoopFolder folder) {
        this.folder = folder;
    }

    @Override
    public List<String> list(String path) throws IOException {
        return folder.list(path);
    }

    @Override
    public InputStream read(String path) throws IOException {
        return folder.read(path);
    }

    @Override
    public boolean createIfAbsent(String path, InputStream content) throws IOException {
        return folder.createIfAbsent(path, content);
    }

    @Override
    public void delete(String path) throws IOException {
        folder.delete(path);
    }

    @Override
    public String uri(String path) {
        return folder.uri(path);
    }
}

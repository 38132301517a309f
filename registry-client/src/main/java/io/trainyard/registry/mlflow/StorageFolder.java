package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Sha256;
import io.trainyard.registry.bundle.LimitedCopy;
import io.trainyard.registry.bundle.Manifest;
import io.trainyard.registry.file.RegistryStorage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A folder that the client writes itself, past the server: what was written is read back. */
record StorageFolder(RegistryStorage storage) implements BundleFolder {
    @Override
    public void put(String path, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            storage.createIfAbsent(path, content);
        }
    }

    @Override
    public void confirm(Manifest manifest) throws IOException {
        for (Manifest.Entry file : manifest.files()) {
            try (InputStream content = storage.read(file.path())) {
                String digest = Sha256.of(content);
                if (!digest.equals(file.sha256())) {
                    throw new RegistryException(
                            "Cannot register the bundle: %s has digest %s, expected %s; delete it and register again"
                                    .formatted(storage.uri(file.path()), digest, file.sha256()));
                }
            }
        }
    }

    @Override
    public void get(String path, Path target, long limit) throws IOException {
        try (InputStream content = storage.read(path)) {
            LimitedCopy.create(storage.uri(path), content, target, limit);
        }
    }

    /** Storages list no folder without a name, so it is read. */
    @Override
    public boolean has(String path) throws IOException {
        try {
            storage.read(path).close();
            return true;
        } catch (NoSuchFileException | FileNotFoundException e) {
            return false;
        }
    }
}

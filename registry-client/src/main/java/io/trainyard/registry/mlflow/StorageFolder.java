package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Sha256;
import io.trainyard.registry.bundle.Manifest;
import io.trainyard.registry.file.RegistryStorage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that the client writes itself, past the server: what was written is read back. */
record StorageFolder(RegistryStorage storage) implements BundleFolder {
    private static final int BUFFER = 1 << 16;

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
        try (InputStream content = storage.read(path);
                OutputStream file = Files.newOutputStream(target)) {
            byte[] buffer = new byte[BUFFER];
            long left = limit;
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                left -= count;
                if (left < 0) {
                    throw new RegistryException(
                            "Cannot fetch %s: it is larger than %d bytes".formatted(storage.uri(path), limit));
                }
                file.write(buffer, 0, count);
            }
        }
    }
}

package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A folder by way of the server. It knows no digests; what was written is confirmed by names and sizes. */
record ServerFolder(ServerFiles files, String root) implements BundleFolder {
    @Override
    public void put(String path, Path file) throws IOException {
        files.put(root + "/" + path, file);
    }

    @Override
    public void confirm(Manifest manifest) {
        Map<String, Long> sizes = new TreeMap<>();
        collect("", sizes);
        for (Manifest.Entry file : manifest.files()) {
            Long bytes = sizes.get(file.path());
            if (bytes == null || bytes != file.bytes()) {
                throw new RegistryException(
                        "Cannot register the bundle: MLflow has %s of '%s' in %s, expected %d bytes; register again"
                                .formatted(
                                        bytes == null ? "nothing" : bytes + " bytes", file.path(), root, file.bytes()));
            }
        }
    }

    @Override
    public boolean has(String name) {
        return files.list(root).stream()
                .anyMatch(file -> !file.isFolder() && file.name().equals(name));
    }

    @Override
    public void get(String path, Path target, long limit) {
        files.get(root + "/" + path, target, limit);
    }

    private void collect(String folder, Map<String, Long> sizes) {
        for (ArtifactFile file : files.list(folder.isEmpty() ? root : root + "/" + folder)) {
            String path = folder.isEmpty() ? file.name() : folder + "/" + file.name();
            if (file.isFolder()) {
                collect(path, sizes);
            } else {
                sizes.put(path, file.bytes());
            }
        }
    }
}

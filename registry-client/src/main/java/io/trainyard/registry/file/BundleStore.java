package io.trainyard.registry.file;

import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Names;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Sha256;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleTarget;
import io.trainyard.registry.bundle.Manifest;
import io.trainyard.registry.bundle.ManifestJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The files of bundles, in folders named by their digests: what is there already need not be written again. */
final class BundleStore {
    private final RegistryStorage storage;

    BundleStore(RegistryStorage storage) {
        this.storage = storage;
    }

    /** Copies a bundle into the storage, reading back every file, and returns the folder. */
    String store(String model, Bundle bundle) throws IOException {
        String folder = folder(model, bundle.digest());
        for (Manifest.Entry file : bundle.manifest().files()) {
            store(folder, bundle.directory(), file.path());
            String path = folder + "/" + file.path();
            try (InputStream stored = storage.read(path)) {
                verify(stored, storage.uri(path), file);
            }
        }
        store(folder, bundle.directory(), Manifest.FILE);
        manifest(folder, bundle.digest());
        return folder;
    }

    /** Copies a version's bundle to {@code target}. */
    void fetch(ModelVersion version, Path target) throws IOException {
        BundleTarget.fetch(version, target, directory -> copy(version, directory));
    }

    private void copy(ModelVersion version, Path directory) throws IOException {
        // The folder is derived from checked parts, and not taken from the version's location.
        String folder = folder(version.model(), version.digest());
        Manifest manifest = manifest(folder, version.digest());
        Files.createDirectory(directory);
        copy(folder, Manifest.FILE, directory);
        for (Manifest.Entry file : manifest.files()) {
            copy(folder, file.path(), directory);
            try (InputStream copied = Files.newInputStream(directory.resolve(file.path()))) {
                verify(copied, storage.uri(folder + "/" + file.path()), file);
            }
        }
    }

    private void copy(String folder, String path, Path directory) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        try (InputStream content = storage.read(folder + "/" + path)) {
            Files.copy(content, file);
        }
    }

    private void store(String folder, Path directory, String path) throws IOException {
        try (InputStream content = Files.newInputStream(directory.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            storage.createIfAbsent(folder + "/" + path, content);
        }
    }

    private static void verify(InputStream content, String uri, Manifest.Entry file) throws IOException {
        String digest = Sha256.of(content);
        if (!digest.equals(file.sha256())) {
            throw new RegistryException(
                    "Cannot use %s: it has digest %s, expected %s; restore it, or delete it and register again"
                            .formatted(uri, digest, file.sha256()));
        }
    }

    private Manifest manifest(String folder, String digest) throws IOException {
        String path = folder + "/" + Manifest.FILE;
        String uri = storage.uri(path);
        try (InputStream content = storage.read(path)) {
            Manifest manifest = ManifestJson.read(uri, new String(content.readAllBytes(), StandardCharsets.UTF_8));
            if (!manifest.digest().equals(digest)) {
                throw new RegistryException("Cannot use the bundle of %s: its digest is %s, expected %s"
                        .formatted(uri, manifest.digest(), digest));
            }
            return manifest;
        }
    }

    private static String folder(String model, String digest) {
        return "models/%s/bundles/%s".formatted(Names.model(model), Sha256.checked(digest));
    }
}

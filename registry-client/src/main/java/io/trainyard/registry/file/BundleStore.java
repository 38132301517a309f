package io.trainyard.registry.file;

import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Sha256;
import io.trainyard.registry.StoredText;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleTarget;
import io.trainyard.registry.bundle.LimitedCopy;
import io.trainyard.registry.bundle.Manifest;
import io.trainyard.registry.bundle.ManifestJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;

/** The files of bundles, in folders named by their digests: what is there already need not be written again. */
final class BundleStore {
    private final RegistryStorage storage;

    BundleStore(RegistryStorage storage) {
        this.storage = storage;
    }

    /** Copies a bundle into the storage, reading back every file. */
    void store(BundlePlace place, Bundle bundle) throws IOException {
        String folder = place.folder();
        for (Manifest.Entry file : bundle.manifest().files()) {
            store(folder, bundle.directory(), file.path());
            String path = folder + "/" + file.path();
            try (InputStream stored = storage.read(path)) {
                verify(stored, storage.uri(path), file);
            }
        }
        if (bundle.signature().isPresent()) {
            storeSame(folder, bundle.directory(), Bundle.signatureFile());
            storeSame(folder, bundle.directory(), Manifest.FILE);
        }
        store(folder, bundle.directory(), Manifest.FILE);
        manifest(folder, bundle.digest());
    }

    /** Removes those that are there. */
    void delete(String model, Set<BundlePlace> places) throws IOException {
        Set<String> there = Set.copyOf(storage.list(BundlePlace.folder(model)));
        for (BundlePlace place : places) {
            if (there.contains(place.name())) {
                storage.delete(place.folder());
            }
        }
    }

    /** Copies a version's bundle to {@code target}. */
    void fetch(ModelVersion version, BundlePlace place, Path target) throws IOException {
        BundleTarget.fetch(version, target, directory -> copy(place, directory));
    }

    private void copy(BundlePlace place, Path directory) throws IOException {
        String folder = place.folder();
        Manifest manifest = manifest(folder, place.digest());
        Files.createDirectory(directory);
        copy(folder, Manifest.FILE, directory, StoredText.LARGEST);
        if (storage.list(folder).contains(Bundle.signatureFile())) {
            copy(folder, Bundle.signatureFile(), directory, StoredText.LARGEST);
        }
        for (Manifest.Entry file : manifest.files()) {
            copy(folder, file.path(), directory, file.bytes());
            try (InputStream copied = Files.newInputStream(directory.resolve(file.path()))) {
                verify(copied, storage.uri(folder + "/" + file.path()), file);
            }
        }
    }

    private void copy(String folder, String path, Path directory, long limit) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        String stored = folder + "/" + path;
        try (InputStream content = storage.read(stored)) {
            LimitedCopy.create(storage.uri(stored), content, file, limit);
        }
    }

    /** What is signed must be stored to the byte: there may be an equal bundle under another signature. */
    private void storeSame(String folder, Path directory, String path) throws IOException {
        store(folder, directory, path);
        String stored = folder + "/" + path;
        try (InputStream theirs = storage.read(stored);
                InputStream ours = Files.newInputStream(directory.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            if (!Sha256.of(theirs).equals(Sha256.of(ours))) {
                throw new RegistryException(
                        ("Cannot register the signed bundle %s: %s is that of an equal bundle, and another one; "
                                        + "sign with the same key, or delete it and register again")
                                .formatted(directory, storage.uri(stored)));
            }
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
            Manifest manifest = ManifestJson.read(uri, StoredText.read(uri, content));
            if (!manifest.digest().equals(digest)) {
                throw new RegistryException("Cannot use the bundle of %s: its digest is %s, expected %s"
                        .formatted(uri, manifest.digest(), digest));
            }
            return manifest;
        }
    }

    String uri(BundlePlace place) {
        return storage.uri(place.folder());
    }
}

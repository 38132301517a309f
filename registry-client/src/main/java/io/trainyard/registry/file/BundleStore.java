package io.trainyard.registry.file;

import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Names;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Sha256;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.Manifest;
import io.trainyard.registry.bundle.ManifestJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

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

    /** Copies a version's bundle beside {@code target}, verifies it there, and moves it to {@code target}. */
    void fetch(ModelVersion version, Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        if (!Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(absolute.getParent());
            Path partial = absolute.resolveSibling("." + absolute.getFileName() + "-" + UUID.randomUUID());
            try {
                copy(version, partial);
                Bundle.open(partial);
                Files.move(partial, absolute);
            } finally {
                delete(partial);
            }
            return;
        }
        String digest = Bundle.open(target).digest();
        if (!digest.equals(version.digest())) {
            throw new RegistryException(
                    "Cannot fetch version %d of model '%s': %s holds another bundle, %s; choose a new directory"
                            .formatted(version.number(), version.model(), target, digest));
        }
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

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }
}

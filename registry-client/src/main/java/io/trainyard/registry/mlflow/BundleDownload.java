package io.trainyard.registry.mlflow;

import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.StoredText;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.Manifest;
import io.trainyard.registry.bundle.ManifestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies a version's bundle from a folder. The digest says what it must be, wherever it comes from. */
record BundleDownload(BundleFolder folder, ModelVersion version) {
    private static final long LARGEST_MANIFEST = StoredText.LARGEST;

    void into(Path directory) throws IOException {
        Files.createDirectory(directory);
        folder.get(Manifest.FILE, directory.resolve(Manifest.FILE), LARGEST_MANIFEST);
        if (folder.has(Bundle.signatureFile())) {
            folder.get(Bundle.signatureFile(), directory.resolve(Bundle.signatureFile()), LARGEST_MANIFEST);
        }
        for (Manifest.Entry file : manifest(directory).files()) {
            Path target = directory.resolve(file.path());
            Files.createDirectories(target.getParent());
            folder.get(file.path(), target, file.bytes());
        }
    }

    private Manifest manifest(Path directory) throws IOException {
        String what = "%s of version %d of model '%s' in %s"
                .formatted(Manifest.FILE, version.number(), version.model(), version.location());
        Manifest manifest =
                ManifestJson.read(what, StoredText.of(what, Files.readAllBytes(directory.resolve(Manifest.FILE))));
        if (!manifest.digest().equals(version.digest())) {
            throw new RegistryException(
                    "Cannot use %s: the bundle's digest is %s, expected %s; register the model again"
                            .formatted(what, manifest.digest(), version.digest()));
        }
        return manifest;
    }
}

package io.trainyard.registry.mlflow;

import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.Manifest;
import java.io.IOException;

/** Copies a bundle into a folder. */
record BundleUpload(Bundle bundle, BundleFolder folder) {
    /** The manifest comes last, like the name of a file that was written under another one. */
    void run() throws IOException {
        for (Manifest.Entry file : bundle.manifest().files()) {
            put(file.path());
        }
        if (bundle.signature().isPresent()) {
            put(Bundle.signatureFile());
        }
        put(Manifest.FILE);
        folder.confirm(bundle.manifest());
    }

    private void put(String path) throws IOException {
        folder.put(path, bundle.directory().resolve(path));
    }
}

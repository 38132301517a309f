package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.Manifest;
import java.io.IOException;
import java.nio.file.Path;

/** The folder of one bundle, wherever a server keeps artifacts. Paths are relative to it. */
interface BundleFolder {
    /** Writes a file. Nobody else writes other content to the same path. */
    void put(String path, Path file) throws IOException;

    /**
     * Holds what was written to the manifest, as well as the store allows.
     *
     * @throws RegistryException naming the file that is missing or damaged
     */
    void confirm(Manifest manifest) throws IOException;

    /** Whether there is a file of this name directly in the folder. */
    boolean has(String name) throws IOException;

    /** Copies a file into the new file {@code target}; fails when it is larger than {@code limit} bytes. */
    void get(String path, Path target, long limit) throws IOException;
}

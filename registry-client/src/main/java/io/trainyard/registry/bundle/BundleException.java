package io.trainyard.registry.bundle;

import io.trainyard.registry.RegistryException;
import java.nio.file.Path;

/** A bundle that must not be used: damaged, incomplete, tampered with, or able to run code. */
public final class BundleException extends RegistryException {
    private static final long serialVersionUID = 1L;

    BundleException(Path directory, String problem) {
        super("Cannot use bundle %s: %s".formatted(directory, problem));
    }
}

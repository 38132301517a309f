package io.trainyard.registry.bundle;

import io.trainyard.registry.RegistryException;
import java.nio.file.Path;

/** A bundle that must not be used: damaged, incomplete, tampered with, or able to run code. */
public final class BundleException extends RegistryException {
    private static final long serialVersionUID = 1L;

    /** @param problem what is wrong with the bundle in {@code directory}, and what to do */
    public BundleException(Path directory, String problem) {
        super("Cannot use bundle %s: %s".formatted(directory, problem));
    }
}

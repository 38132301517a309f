package io.trainyard.registry.bundle;

import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The local directory that a version's bundle is fetched into. It appears whole, or not at all. */
public final class BundleTarget {
    private BundleTarget() {}

    /** Copies a bundle from wherever it is. */
    @FunctionalInterface
    public interface Source {
        /** Writes all files of the bundle into {@code directory}, which does not exist yet. */
        void copy(Path directory) throws IOException;
    }

    /**
     * Copies the bundle of {@code version} beside {@code target}, verifies it there, and moves it to {@code target}. A
     * target that is there already is verified, and nothing is copied.
     *
     * @throws RegistryException when the bundle is damaged, or the target holds another one
     */
    public static void fetch(ModelVersion version, Path target, Source source) throws IOException {
        Path absolute = target.toAbsolutePath();
        if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            requireSame(version, target);
            return;
        }
        Files.createDirectories(absolute.getParent());
        Path partial = absolute.resolveSibling("." + absolute.getFileName() + "-" + UUID.randomUUID());
        try {
            source.copy(partial);
            requireSame(version, partial);
            Files.move(partial, absolute);
        } finally {
            delete(partial);
        }
    }

    private static void requireSame(ModelVersion version, Path target) {
        String digest = Bundle.open(target).digest();
        if (!digest.equals(version.digest())) {
            throw new RegistryException(
                    "Cannot fetch version %d of model '%s': %s holds another bundle, %s; choose a new directory"
                            .formatted(version.number(), version.model(), target, digest));
        }
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

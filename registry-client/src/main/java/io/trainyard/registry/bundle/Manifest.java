package io.trainyard.registry.bundle;

import io.trainyard.registry.Sha256;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every file of a bundle but the manifest itself.
 *
 * @param files by path
 */
public record Manifest(List<Entry> files) {
    /** The manifest's own name in a bundle. */
    public static final String FILE = "manifest.json";

    /** Sorts by path, and refuses a path that comes twice. */
    public Manifest {
        files = files.stream().sorted(Comparator.comparing(Entry::path)).toList();
        Set<String> paths = new HashSet<>();
        for (Entry entry : files) {
            if (!paths.add(entry.path())) {
                throw new IllegalArgumentException("the file '%s' is listed twice".formatted(entry.path()));
            }
        }
    }

    /** The digest of the whole bundle: SHA-256 over a line {@code sha256 bytes path} for each file. */
    public String digest() {
        return Sha256.of(files.stream()
                .map(file -> "%s %d %s\n".formatted(file.sha256(), file.bytes(), file.path()))
                .collect(Collectors.joining()));
    }

    /**
     * One file.
     *
     * @param path relative to the bundle, with {@code /} between its segments
     */
    public record Entry(String path, long bytes, String sha256) {
        /** Refuses a path that could lead out of the bundle. */
        public Entry {
            BundlePath.checked(path);
            Sha256.checked(sha256);
            if (path.equals(FILE)) {
                throw new IllegalArgumentException("a manifest does not list itself");
            }
        }
    }
}

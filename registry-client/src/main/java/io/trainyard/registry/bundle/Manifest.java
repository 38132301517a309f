package io.trainyard.registry.bundle;

import io.trainyard.registry.Sha256;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every file of a bundle but the manifest itself and its signature.
 *
 * @param files by path
 */
public record Manifest(List<Entry> files) {
    /** The manifest's own name in a bundle. */
    public static final String FILE = "manifest.json";

    /** Sorts by path, and refuses paths that no directory can hold side by side, whatever its file system. */
    public Manifest {
        files = files.stream().sorted(Comparator.comparing(Entry::path)).toList();
        Map<String, String> paths = new TreeMap<>(Map.of(FILE, FILE, ManifestSignature.FILE, ManifestSignature.FILE));
        for (Entry entry : files) {
            requireOwn(entry.path(), paths.putIfAbsent(folded(entry.path()), entry.path()));
        }
        for (Entry entry : files) {
            requireFolders(entry.path(), paths);
        }
    }

    /** The digest of the whole bundle: SHA-256 over a line {@code sha256 bytes path} for each file. */
    public String digest() {
        return Sha256.of(files.stream()
                .map(file -> "%s %d %s\n".formatted(file.sha256(), file.bytes(), file.path()))
                .collect(Collectors.joining()));
    }

    /** Whether the bundle has a file of that path. */
    public boolean has(String path) {
        return files.stream().anyMatch(file -> file.path().equals(path));
    }

    private static void requireOwn(String path, String taken) {
        if (path.equals(taken)) {
            throw new IllegalArgumentException("the file '%s' is listed twice".formatted(path));
        }
        if (taken != null) {
            throw new IllegalArgumentException(
                    "the files '%s' and '%s' are one where case does not count; rename one of them"
                            .formatted(taken, path));
        }
    }

    private static void requireFolders(String path, Map<String, String> paths) {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            String file = paths.get(folded(path.substring(0, end)));
            if (file != null) {
                throw new IllegalArgumentException(
                        "'%s' is a file, and the folder of the file '%s'; rename one of them".formatted(file, path));
            }
        }
    }

    private static String folded(String path) {
        return path.toLowerCase(Locale.ROOT);
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
            if (bytes < 0) {
                throw new IllegalArgumentException("the file '%s' has %d bytes".formatted(path, bytes));
            }
            if (path.equals(FILE) || path.equals(ManifestSignature.FILE)) {
                throw new IllegalArgumentException("a manifest does not list '%s'".formatted(path));
            }
        }
    }
}

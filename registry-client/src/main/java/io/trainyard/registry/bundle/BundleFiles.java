package io.trainyard.registry.bundle;

import io.trainyard.registry.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of a bundle's directory. Links and special files are refused: they would lead elsewhere. */
final class BundleFiles {
    /** Far above any manifest or encoding of ours; what is larger would only fill the memory. */
    private static final long LARGEST_DOCUMENT = 64L << 20;

    private final Path directory;

    BundleFiles(Path directory) {
        this.directory = directory;
    }

    /** All paths but the manifest's, and but Hadoop's checksum files, which only a local copy has. */
    SortedSet<String> paths() throws IOException {
        SortedSet<String> paths = new TreeSet<>();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) tree::iterator) {
                String path = relative(file);
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && !isLeftOut(path)) {
                    paths.add(checked(file, path));
                }
            }
        }
        return paths;
    }

    Manifest manifest() throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (String path : paths()) {
            entries.add(new Manifest.Entry(path, Files.size(directory.resolve(path)), digest(path)));
        }
        return new Manifest(entries);
    }

    /** Holds the directory to {@code manifest}: the same files, of the same sizes, with the same digests. */
    void verify(Manifest manifest) throws IOException {
        SortedSet<String> unlisted = paths();
        for (Manifest.Entry file : manifest.files()) {
            if (!unlisted.remove(file.path())) {
                throw refused(file.path(), "is missing");
            }
        }
        if (!unlisted.isEmpty()) {
            throw refused(unlisted.first(), "is not in the manifest");
        }
        for (Manifest.Entry file : manifest.files()) {
            long bytes = Files.size(directory.resolve(file.path()));
            if (bytes != file.bytes()) {
                throw refused(file.path(), "has %d bytes, expected %d".formatted(bytes, file.bytes()));
            }
            String digest = digest(file.path());
            if (!digest.equals(file.sha256())) {
                throw refused(file.path(), "has digest %s, expected %s".formatted(digest, file.sha256()));
            }
        }
    }

    /** The text of a document of ours. */
    String text(String path) throws IOException {
        Path file = directory.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(path, "is missing");
        }
        if (Files.size(file) > LARGEST_DOCUMENT) {
            throw refused(path, "has %d bytes, more than %d".formatted(Files.size(file), LARGEST_DOCUMENT));
        }
        return Files.readString(file);
    }

    void write(String path, String text) throws IOException {
        Files.write(directory.resolve(path), text.getBytes(StandardCharsets.UTF_8));
    }

    private String digest(String path) throws IOException {
        try (InputStream content = Files.newInputStream(directory.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            return Sha256.of(content);
        }
    }

    private String relative(Path file) {
        return directory
                .relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
    }

    private static boolean isLeftOut(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return path.equals(Manifest.FILE) || (name.startsWith(".") && name.endsWith(".crc"));
    }

    private String checked(Path file, String path) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(path, "is a link or a special file; a bundle holds plain files only");
        }
        try {
            return BundlePath.checked(path);
        } catch (IllegalArgumentException e) {
            throw new BundleException(directory, e.getMessage());
        }
    }

    private BundleException refused(String path, String problem) {
        return new BundleException(
                directory,
                "file '%s' %s; fetch the bundle again, or register the model again".formatted(path, problem));
    }
}

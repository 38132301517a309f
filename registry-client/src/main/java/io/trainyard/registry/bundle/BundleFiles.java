package io.trainyard.registry.bundle;

import io.trainyard.registry.Sha256;
import io.trainyard.registry.Shown;
import io.trainyard.registry.StoredText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of a bundle's directory. Links and special files are refused: they would lead elsewhere. */
final class BundleFiles {
    private final Path directory;

    BundleFiles(Path directory) {
        this.directory = directory;
    }

    /** All paths but those of the manifest and its signature, and of Hadoop's checksums, which only a local copy has. */
    SortedSet<String> paths() throws IOException {
        SortedSet<String> paths = new TreeSet<>();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) tree::iterator) {
                String path = relative(file);
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                requirePlain(file, path);
                if (!isLeftOut(path)) {
                    paths.add(checked(path));
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

    /** Whether there is anything of this name. */
    boolean has(String path) {
        return Files.exists(directory.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** A document of ours, which is not yet believed to be one. */
    byte[] bytes(String path) throws IOException {
        Path file = directory.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(path, has(path) ? "is no plain file" : "is missing");
        }
        if (Files.size(file) > StoredText.LARGEST) {
            throw refused(path, "has %d bytes, more than %d".formatted(Files.size(file), StoredText.LARGEST));
        }
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return StoredText.bytes(file.toString(), content, StoredText.LARGEST);
        }
    }

    /** Replaces a file, and nothing that a link leads to. */
    void write(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        if (has(path)) {
            requirePlain(file, path);
        }
        try (OutputStream content = Files.newOutputStream(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            content.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    void delete(String path) throws IOException {
        Files.deleteIfExists(directory.resolve(path));
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
        return path.equals(Manifest.FILE)
                || path.equals(ManifestSignature.FILE)
                || (name.startsWith(".") && name.endsWith(".crc"));
    }

    private void requirePlain(Path file, String path) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(path, "is a link or a special file; a bundle holds plain files only");
        }
    }

    private String checked(String path) {
        try {
            return BundlePath.checked(path);
        } catch (IllegalArgumentException e) {
            throw new BundleException(directory, e.getMessage());
        }
    }

    private BundleException refused(String path, String problem) {
        return new BundleException(
                directory,
                "file '%s' %s; fetch the bundle again, or register the model again"
                        .formatted(Shown.text(path), problem));
    }
}

package io.trainyard.registry.file;

import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder of a local file system. A file is written under {@code .staging}, forced to the disk, and appears by a
 * hard link, which is the one operation that is atomic and fails when the name is taken. What a killed writer leaves
 * under {@code .staging} is never read and may be deleted.
 */
public final class LocalStorage implements RegistryStorage {
    private static final String STAGING = ".staging";

    private final Path root;

    /** {@code root} need not exist yet. */
    public LocalStorage(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public List<String> list(String folder) throws IOException {
        Path path = resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(path)) {
            return children.map(child -> child.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public InputStream read(String path) throws IOException {
        return Files.newInputStream(resolve(path));
    }

    @Override
    public boolean createIfAbsent(String path, InputStream content) throws IOException {
        Path target = resolve(path);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Path staged = root.resolve(STAGING).resolve(UUID.randomUUID().toString());
        createFolder(staged.getParent());
        try {
            write(staged, content);
            createFolder(target.getParent());
            return link(target, staged);
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    @Override
    public void delete(String folder) throws IOException {
        Path path = resolve(folder);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        requireOwn(path);
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public String uri(String path) {
        return resolve(path).toUri().toString();
    }

    private static void write(Path staged, InputStream content) throws IOException {
        try (FileChannel file = FileChannel.open(staged, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(Channels.newOutputStream(file));
            file.force(true);
        }
    }

    private static boolean link(Path target, Path staged) throws IOException {
        try {
            Files.createLink(target, staged);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new RegistryException(
                    ("Cannot keep a registry in %s: its file system has no hard links, without which two "
                                    + "writers could lose each other's work; choose another disk")
                            .formatted(target.getParent()),
                    e);
        }
        force(target.getParent());
        return true;
    }

    private void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            requireOwn(folder);
            return;
        }
        createFolder(folder.getParent());
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        force(folder.getParent());
    }

    /** A link on the way down would have us write into a folder that is not the registry's; the root may be one. */
    private void requireOwn(Path folder) throws IOException {
        if (folder.startsWith(root) && !folder.toRealPath().startsWith(root.toRealPath())) {
            throw new RegistryException("Cannot write into %s: it leads out of %s, to %s; replace the link by a folder"
                    .formatted(folder, root, folder.toRealPath()));
        }
    }

    /** Makes a new name in {@code folder} durable. Windows opens no folders; its file systems log names themselves. */
    private static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private Path resolve(String path) {
        Path resolved = root.resolve(path).normalize();
        if (!resolved.startsWith(root)) {
            throw new IllegalArgumentException("the path '%s' leads out of %s".formatted(path, root));
        }
        return resolved;
    }
}

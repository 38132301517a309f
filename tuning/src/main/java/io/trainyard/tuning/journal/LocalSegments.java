package io.trainyard.tuning.journal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Segments in a folder of this machine. A file is written and synced under a hidden name and then linked to its own, which
 * fails when that exists. File systems without links get an exclusive create instead: a driver killed in the midst of it
 * leaves a torn last segment, which the journal's checksum finds.
 *
 * <p>The death of a process loses nothing. A power failure may lose the last names, though not their order, as the folder
 * itself is not synced: that would double the cost of every trial, to save one from running twice.
 */
public final class LocalSegments implements SegmentStore {

    private final Path folder;
    private final boolean links;

    /** @param folder is created with the first segment */
    public LocalSegments(Path folder) {
        this(folder, true);
    }

    LocalSegments(Path folder, boolean links) {
        this.folder = folder;
        this.links = links;
    }

    @Override
    public List<String> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    @Override
    public boolean createIfAbsent(String name, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Path target = folder.resolve(name);
        try {
            if (links) {
                createByLink(target, content);
            } else {
                createInPlace(target, content);
            }
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
        return true;
    }

    @Override
    public String location() {
        return folder.toString();
    }

    private void createByLink(Path target, byte[] content) throws IOException {
        Path hidden = folder.resolve(".%s.%s".formatted(target.getFileName(), UUID.randomUUID()));
        try {
            write(hidden, content);
            Files.createLink(target, hidden);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (FileSystemException | UnsupportedOperationException linksUnsupported) {
            createInPlace(target, content);
        } finally {
            Files.deleteIfExists(hidden);
        }
    }

    private static void createInPlace(Path target, byte[] content) throws IOException {
        Files.createFile(target);
        try {
            write(target, content);
        } catch (IOException incomplete) {
            Files.deleteIfExists(target);
            throw incomplete;
        }
    }

    /** Not through a channel, which closes when the thread that writes is interrupted. */
    private static void write(Path file, byte[] content) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(content);
            out.getFD().sync();
        }
    }
}

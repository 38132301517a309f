package io.trainyard.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Files that never change below one folder of a Hadoop file system. A new file appears whole or not at all, and for one
 * writer only; names that begin with a dot are hidden, such as {@code .staging}, where a killed writer may leave a file.
 */
final class HadoopFolder {

    private static final String STAGING = ".staging";

    private final FileSystem fileSystem;
    private final Path root;
    private final Exclusion exclusion;

    HadoopFolder(FileSystem fileSystem, Path root, Exclusion exclusion) {
        this.fileSystem = fileSystem;
        this.root = fileSystem.makeQualified(root);
        this.exclusion = exclusion;
    }

    /** Names directly in a folder, sorted; none when the folder is absent. */
    List<String> list(String folder) throws IOException {
        try {
            return Arrays.stream(fileSystem.listStatus(resolve(folder)))
                    .map(FileStatus::getPath)
                    .map(Path::getName)
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    InputStream read(String path) throws IOException {
        return fileSystem.open(resolve(path));
    }

    String uri(String path) {
        return resolve(path).toString();
    }

    /** Removes a folder with all that is in it; nothing where there is none. */
    void delete(String folder) throws IOException {
        fileSystem.delete(resolve(folder), true);
    }

    /**
     * Writes a file unless it is there.
     *
     * <p>When the answer of a store is lost, this may return false although the file is this writer's. That stops a writer
     * who could go on; the other error would let two go on.
     *
     * @param content read to its end, not closed
     * @return false when the file was there
     * @throws StorageException when the file system cannot keep two writers apart
     */
    boolean createIfAbsent(String path, InputStream content) throws IOException {
        Path target = resolve(path);
        return switch (exclusion) {
            case RENAME -> !fileSystem.exists(target) && createByRename(target, content);
            case CONDITIONAL_PUT, PUT -> !fileSystem.exists(target) && createByPut(target, content);
            case NONE -> throw refusal(fileSystem, target);
        };
    }

    private boolean createByRename(Path target, InputStream content) throws IOException {
        Path staged = new Path(new Path(root, STAGING), UUID.randomUUID().toString());
        try {
            write(staged, content);
            fileSystem.mkdirs(target.getParent());
            return rename(staged, target);
        } finally {
            fileSystem.delete(staged, false);
        }
    }

    private void write(Path staged, InputStream content) throws IOException {
        try (FSDataOutputStream file = fileSystem.create(staged, false)) {
            content.transferTo(file);
            if (file.hasCapability(StreamCapabilities.HSYNC)) {
                file.hsync();
            }
        }
    }

    /** Through a file context: {@code FileSystem.rename} leaves it open what happens when the target is there. */
    private boolean rename(Path staged, Path target) throws IOException {
        Configuration configuration = fileSystem.getConf();
        try {
            FileContext.getFileContext(root.toUri(), configuration).rename(staged, target, Options.Rename.NONE);
            return true;
        } catch (IOException e) {
            if (!fileSystem.exists(target)) {
                throw e;
            }
            // A repeated request finds its own work done: then the staged file is gone, and the target is ours.
            return !fileSystem.exists(staged);
        }
    }

    /** The content is spooled first, for closing an upload publishes it: what cannot be read must not start one. */
    private boolean createByPut(Path target, InputStream content) throws IOException {
        java.nio.file.Path spooled = Files.createTempFile("trainyard", null);
        try {
            Files.copy(content, spooled, StandardCopyOption.REPLACE_EXISTING);
            return put(target, spooled);
        } finally {
            Files.deleteIfExists(spooled);
        }
    }

    private boolean put(Path target, java.nio.file.Path spooled) throws IOException {
        try (FSDataOutputStream upload = upload(target)) {
            Files.copy(spooled, upload);
        } catch (IOException e) {
            if (!fileSystem.exists(target)) {
                throw e;
            }
            return false;
        }
        return true;
    }

    private FSDataOutputStream upload(Path target) throws IOException {
        if (exclusion == Exclusion.PUT) {
            return fileSystem.create(target, false);
        }
        var builder = fileSystem.createFile(target).overwrite(false).recursive();
        builder.must(Exclusion.CONDITIONAL_OVERWRITE, true);
        return builder.build();
    }

    static StorageException refusal(FileSystem fileSystem, Path target) {
        return new StorageException(
                """
                Cannot write '%s': file system '%s' cannot create a file only if it is absent, so two writers could \
                overwrite each other. Use another warehouse (hdfs, abfss, gs, or s3a of Hadoop 3.4.2 and later), or, if \
                never more than one job at a time writes there, say so by --conf spark.hadoop.%s=true""".formatted(target, fileSystem.getUri().getScheme(), WarehouseStorage.SINGLE_WRITER));
    }

    private Path resolve(String path) {
        if (path.isEmpty()) {
            return root;
        }
        Path resolved = new Path(root, path);
        if (!resolved.toString().startsWith(root + Path.SEPARATOR)) {
            throw new IllegalArgumentException("Path '%s' leads out of '%s'".formatted(path, root));
        }
        return resolved;
    }
}

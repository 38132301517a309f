package io.trainyard.jobs.storage;

import io.trainyard.registry.file.LocalStorage;
import io.trainyard.registry.file.RegistryStorage;
import io.trainyard.tuning.journal.LocalSegments;
import io.trainyard.tuning.journal.SegmentStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * Journals and registries below any folder that a Hadoop configuration knows. Local folders go past Hadoop, whose local
 * file system neither forces a file to the disk nor creates one exclusively.
 *
 * @param singleWriter whether the user vouches that never more than one job at a time writes to a folder, which lets a
 *     file system be used that cannot keep two apart
 */
public record WarehouseStorage(Configuration configuration, boolean singleWriter) {

    static final String SINGLE_WRITER = "trainyard.storage.single-writer";

    private static final String LOCAL = "file";

    /** With what {@code trainyard.storage.single-writer} says there; false where it is not set. */
    public static WarehouseStorage of(Configuration configuration) {
        return new WarehouseStorage(configuration, configuration.getBoolean(SINGLE_WRITER, false));
    }

    /** For commands that start no Spark: with the {@code spark.hadoop.*} settings that this process was given. */
    public static WarehouseStorage ofProcess() {
        Configuration configuration = new Configuration();
        for (Tuple2<String, String> setting : new SparkConf(true).getAllWithPrefix("spark.hadoop.")) {
            configuration.set(setting._1(), setting._2());
        }
        return of(configuration);
    }

    /**
     * Refuses a folder that cannot hold a warehouse: a file, one that cannot be made or written, or one on a storage that cannot keep
     * two writers apart.
     *
     * @throws StorageException saying why
     */
    public void requireUsable(String folder) throws IOException {
        Path path = new Path(folder);
        FileSystem fileSystem = fileSystem(path);
        if (fileSystem.exists(path) && !fileSystem.getFileStatus(path).isDirectory()) {
            throw new StorageException("Cannot use warehouse '%s': it is a file; name a folder".formatted(folder));
        }
        if (isLocal(fileSystem)) {
            requireWritable(folder, local(fileSystem, path));
        } else if (Exclusion.of(fileSystem, path, singleWriter) == Exclusion.NONE) {
            throw HadoopFolder.refusal(fileSystem, path);
        }
    }

    /**
     * The text of a file, in UTF-8.
     *
     * @throws StorageException if there is no such file
     */
    public String text(String file) throws IOException {
        Path path = new Path(file);
        try (FSDataInputStream in = fileSystem(path).open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            throw new StorageException("Cannot read '%s': no such file".formatted(file), e);
        }
    }

    /** Writes a file that is for people, in UTF-8, over the one that is there: whoever looks at it sees one or the other. */
    public void replace(String file, String text) throws IOException {
        Path path = new Path(file);
        FileSystem fileSystem = fileSystem(path);
        Path beside = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
        try (FSDataOutputStream out = fileSystem.create(beside)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        FileContext.getFileContext(fileSystem.getUri(), configuration).rename(beside, path, Options.Rename.OVERWRITE);
    }

    private static void requireWritable(String folder, java.nio.file.Path path) {
        java.nio.file.Path there = path;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new StorageException(
                    "Cannot use warehouse '%s': '%s' is no folder; name another".formatted(folder, there));
        }
        if (!Files.isWritable(there)) {
            throw new StorageException(
                    "Cannot use warehouse '%s': '%s' cannot be written; name another, or change its permissions"
                            .formatted(folder, there));
        }
    }

    private FileSystem fileSystem(Path path) throws IOException {
        try {
            return path.getFileSystem(configuration);
        } catch (UnsupportedFileSystemException e) {
            throw unknown(path, e);
        } catch (RuntimeException e) {
            throw e.getCause() instanceof ClassNotFoundException ? unknown(path, e) : e;
        }
    }

    private static StorageException unknown(Path path, Exception cause) {
        return new StorageException(
                "Cannot use '%s': nothing on the class path reads '%s' storage; correct the path, or add the storage's jar with --packages, such as hadoop-aws for s3a"
                        .formatted(path, path.toUri().getScheme()),
                cause);
    }

    /** The segments of a journal in a folder, which need not exist. */
    public SegmentStore segments(String folder) throws IOException {
        Path path = new Path(folder);
        FileSystem fileSystem = fileSystem(path);
        return isLocal(fileSystem)
                ? new LocalSegments(local(fileSystem, path))
                : new HadoopSegments(folder(fileSystem, path));
    }

    /** The files of a registry in a folder, which need not exist. */
    public RegistryStorage registry(String folder) throws IOException {
        Path path = new Path(folder);
        FileSystem fileSystem = fileSystem(path);
        return isLocal(fileSystem)
                ? new LocalStorage(local(fileSystem, path))
                : new HadoopRegistryStorage(folder(fileSystem, path));
    }

    private HadoopFolder folder(FileSystem fileSystem, Path path) throws IOException {
        return new HadoopFolder(fileSystem, path, Exclusion.of(fileSystem, path, singleWriter));
    }

    private static boolean isLocal(FileSystem fileSystem) {
        return fileSystem.getUri().getScheme().equals(LOCAL);
    }

    private static java.nio.file.Path local(FileSystem fileSystem, Path path) {
        return java.nio.file.Path.of(fileSystem.makeQualified(path).toUri());
    }
}

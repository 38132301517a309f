package io.trainyard.features.version;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The right to write a table on a local disk, where Delta itself does not keep two processes apart: an exclusive lock on a hidden file
 * beside the table. The system releases it when the process ends, however it ends; the empty file stays.
 */
final class TableLock implements AutoCloseable {

    private final Path table;
    private final FileChannel channel;

    private TableLock(Path table, FileChannel channel) {
        this.table = table;
        this.channel = channel;
    }

    /** Takes the lock of a table on a local disk; other file systems have none. */
    static Optional<TableLock> acquire(SparkSession spark, String table) {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(table);
        try {
            URI qualified = path.getFileSystem(spark.sparkContext().hadoopConfiguration())
                    .makeQualified(path)
                    .toUri();
            return qualified.getScheme().equals("file")
                    ? Optional.of(acquire(Path.of(qualified.getPath())))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot reach the file system of table " + table, e);
        }
    }

    /** Takes the lock at once, or says that it is taken. */
    static TableLock acquire(Path table) {
        Path file = table.resolveSibling("." + table.getFileName() + ".lock");
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel).isEmpty()) {
                channel.close();
                throw new TableBusyException(table.toString(), file.toString());
            }
            return new TableLock(table, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock table %s with %s".formatted(table, file), e);
        }
    }

    /** The table that nobody else writes now. */
    Path table() {
        return table;
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // held by another thread of this process
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot release a table's lock", e);
        }
    }
}

package io.trainyard.features.version;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.util.FileNames;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The files of a Delta table, those that lie there and those that its versions are made of. Both are named by {@code Path.toString()}
 * of the qualified path, not encoded: Delta's VACUUM knows files by this form alone, and silently takes any other for another file.
 */
final class TableFiles {

    private final String table;
    private final DeltaLog log;
    private final FileSystem system;
    private final Path root;

    private TableFiles(String table, DeltaLog log, FileSystem system, Path root) {
        this.table = table;
        this.log = log;
        this.system = system;
        this.root = root;
    }

    static TableFiles of(SparkSession spark, String table) {
        Path path = new Path(table);
        try {
            FileSystem system = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
            return new TableFiles(table, DeltaLog.forTable(spark, table), system, system.makeQualified(path));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot reach the file system of table " + table, e);
        }
    }

    /** The newest version. */
    long latest() {
        return log.update(false, Option.empty(), Option.empty()).version();
    }

    /** What the log says of a version; empty where it does not reach back so far. */
    Optional<LogEntry> entry(long version) {
        if (version < 0) {
            return Optional.empty();
        }
        scala.collection.Iterator<Tuple2<Object, Seq<Action>>> changes = log.getChanges(version, false);
        if (!changes.hasNext()) {
            return Optional.empty();
        }
        Tuple2<Object, Seq<Action>> first = changes.next();
        return (long) first._1() == version
                ? JavaConverters.seqAsJavaList(first._2()).stream()
                        .filter(CommitInfo.class::isInstance)
                        .map(info -> LogEntry.of(version, written(version), (CommitInfo) info))
                        .findFirst()
                : Optional.empty();
    }

    private Instant written(long version) {
        Path file = FileNames.unsafeDeltaFile(log.logPath(), version);
        try {
            return Instant.ofEpochMilli(system.getFileStatus(file).getModificationTime());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot reach version %d of table %s".formatted(version, table), e);
        }
    }

    /**
     * The files that a version reads, deletion vectors included.
     *
     * @param purpose what cannot be done without it, to be read after "Cannot"
     * @throws UnreadableVersionException if the log knows no such version
     */
    Set<String> of(long version, String purpose) {
        requireKnown(version, purpose);
        Set<String> files = new TreeSet<>();
        for (AddFile file : log.getSnapshotAt(version, Option.empty(), Option.empty())
                .allFiles()
                .collectAsList()) {
            files.add(absolute(file.path()));
            if (file.deletionVector() != null && file.deletionVector().isOnDisk()) {
                files.add(file.deletionVector().absolutePath(log.dataPath()).toString());
            }
        }
        return files;
    }

    /** Those files of a version that are not there any more. */
    Set<String> missing(long version, String purpose) {
        return missing(of(version, purpose));
    }

    private Set<String> missing(Set<String> wanted) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(listing().keySet());
        missing.removeIf(file -> !isInside(file) && exists(file));
        return missing;
    }

    /** @throws UnreadableVersionException if the version is not known, or not all of its files are there */
    void requireReadable(long version, String purpose) {
        requireThere(version, of(version, purpose), purpose);
    }

    /**
     * Looks for the files of a version, which its caller asked the log for.
     *
     * @throws UnreadableVersionException if one is gone
     */
    void requireThere(long version, Set<String> files, String purpose) {
        Set<String> missing = missing(files);
        if (!missing.isEmpty()) {
            throw UnreadableVersionException.incomplete(purpose, table, version, missing);
        }
    }

    /** Whether the log knows the version, and all of its files are there. */
    boolean isReadable(long version) {
        return version >= log.history().getEarliestRecreatableCommit()
                && version <= latest()
                && missing(version, "read a version").isEmpty();
    }

    /** What lies in the table's folder, data of any version or of none; hidden folders such as the log are left out. */
    Map<String, FileStatus> listing() {
        Map<String, FileStatus> files = new TreeMap<>();
        try {
            RemoteIterator<LocatedFileStatus> all = system.listFiles(root, true);
            while (all.hasNext()) {
                FileStatus file = all.next();
                if (!isHidden(file.getPath())) {
                    files.put(file.getPath().toString(), file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the files of table " + table, e);
        }
        return files;
    }

    /** Whether a file lies in the table's folder; a shallow clone reads files that do not. */
    boolean isInside(String file) {
        return file.startsWith(root + "/");
    }

    private void requireKnown(long version, String purpose) {
        long latest = latest();
        if (latest < 0) {
            throw UnreadableVersionException.noTable(purpose, table);
        }
        long earliest = log.history().getEarliestRecreatableCommit();
        if (version < earliest || version > latest) {
            throw UnreadableVersionException.unknown(purpose, table, version, earliest, latest);
        }
    }

    private String absolute(String encoded) {
        Path path = new Path(URI.create(encoded));
        return (path.isAbsolute() ? system.makeQualified(path) : new Path(log.dataPath(), path)).toString();
    }

    private boolean exists(String file) {
        try {
            return system.exists(new Path(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look for file " + file, e);
        }
    }

    private boolean isHidden(Path file) {
        String relative = file.toString().substring(root.toString().length() + 1);
        Set<String> names = Arrays.stream(relative.split("/")).collect(Collectors.toSet());
        return names.stream().anyMatch(name -> name.startsWith(".") || (name.startsWith("_") && !name.contains("=")));
    }
}

package io.trainyard.features.version;

import io.delta.tables.DeltaTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A Delta table by its path, as a row of versions. It need not exist yet. */
public final class VersionedTable {

    /** Operations that leave the rows as they are; a version before them is still current. */
    private static final Set<String> MAINTENANCE = Set.of(
            "VACUUM START",
            "VACUUM END",
            "OPTIMIZE",
            "REORG",
            "COMPUTE STATS",
            "SET TBLPROPERTIES",
            "UNSET TBLPROPERTIES",
            "UPGRADE PROTOCOL",
            "CLUSTER BY");

    private final SparkSession spark;
    private final String path;

    public VersionedTable(SparkSession spark, String path) {
        this.spark = spark;
        this.path = path;
    }

    /**
     * Opens the table to write it, alone.
     *
     * @throws TableBusyException if another writer on this machine has it open
     */
    public TableWriter writer() {
        return TableWriter.open(spark, path, this);
    }

    /** Whether the table has a version by now. Delta's own answer may be up to an hour old, where another process made the first one. */
    public boolean exists() {
        return latest() >= 0;
    }

    /** The newest version, if the last change of the rows was one of ours; empty after somebody else changed them. */
    public Optional<Commit> current() {
        return newest(entry -> true);
    }

    /** The current version, if it was made of exactly this and can still be read. */
    public Optional<Commit> current(String fingerprint) {
        long latest = latest(); // before: what comes between is no maintenance of the version found
        return current()
                .filter(commit -> commit.table().fingerprint().equals(fingerprint))
                .flatMap(commit -> readable(commit, latest));
    }

    /** All versions of ours, the newest first. */
    public List<Commit> history() {
        if (!exists()) {
            return List.of();
        }
        return DeltaTable.forPath(spark, path).history().collectAsList().stream()
                .map(LogEntry::of)
                .filter(VersionedTable::changesRows)
                .sorted(Comparator.comparingLong(LogEntry::version).reversed())
                .flatMap(entry -> commit(entry).stream())
                .toList();
    }

    /** The newest version of ours that was made of exactly this and can still be read, current or not. */
    public Optional<Commit> find(String fingerprint) {
        Optional<Commit> current = current(fingerprint);
        return current.isPresent() || latest() < 1
                ? current
                : history().stream()
                        .filter(commit -> commit.table().fingerprint().equals(fingerprint))
                        .filter(commit -> files().isReadable(commit.table().version()))
                        .findFirst();
    }

    /**
     * The current version, under a number by which its rows can be read: a vacuum takes its own files where a compaction replaced them,
     * and leaves those of the compaction.
     */
    private Optional<Commit> readable(Commit current, long latest) {
        if (files().isReadable(current.table().version())) {
            return Optional.of(current);
        }
        return latest > current.table().version() && files().isReadable(latest)
                ? Optional.of(current.at(latest))
                : Optional.empty();
    }

    private long latest() {
        return files().latest();
    }

    private TableFiles files() {
        return TableFiles.of(spark, path);
    }

    /** The rows of a version, in no order. */
    public Dataset<Row> read(long version) {
        return spark.read().format("delta").option("versionAsOf", version).load(path);
    }

    /** The newest version that carries this: not always the newest of all, since without a lock somebody may have written after. */
    Optional<Commit> written(CommitMetadata metadata) {
        return newest(entry -> entry.userMetadata().equals(Optional.of(metadata.toJson())));
    }

    /**
     * The newest change of the rows that is wanted, if it was one of ours. Versions are looked at one by one from the newest back: it
     * is nearly always among the first, and Delta's own history starts a Spark job.
     */
    private Optional<Commit> newest(Predicate<LogEntry> wanted) {
        if (!exists()) {
            return Optional.empty();
        }
        TableFiles files = files();
        Optional<LogEntry> entry = files.entry(files.latest());
        while (entry.isPresent() && !(changesRows(entry.get()) && wanted.test(entry.get()))) {
            entry = files.entry(entry.get().version() - 1);
        }
        return entry.flatMap(this::commit);
    }

    private static boolean changesRows(LogEntry entry) {
        return !MAINTENANCE.contains(entry.operation());
    }

    private Optional<Commit> commit(LogEntry entry) {
        return entry.userMetadata()
                .flatMap(CommitMetadata::ofJson)
                .map(metadata -> new Commit(
                        new TableVersion(
                                path,
                                entry.version(),
                                metadata.schemaFingerprint(),
                                metadata.rowsBefore()
                                        + Long.parseLong(entry.metrics().get("numOutputRows")),
                                metadata.fingerprint()),
                        entry.time(),
                        metadata.facts()));
    }
}

package io.trainyard.features.version;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.delta.tables.DeltaTable;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A Delta table by its path, as a row of versions. It need not exist yet. */
public final class VersionedTable {

    /** Operations that leave the rows as they are; a version before them is still current. */
    private static final Object[] MAINTENANCE = {
        "VACUUM START",
        "VACUUM END",
        "OPTIMIZE",
        "REORG",
        "COMPUTE STATS",
        "SET TBLPROPERTIES",
        "UNSET TBLPROPERTIES",
        "UPGRADE PROTOCOL",
        "CLUSTER BY"
    };

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

    /** The newest version, if the last change of the rows was one of ours; empty after somebody else changed them. */
    public Optional<Commit> current() {
        return newest(changes());
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
        return changes().collectAsList().stream()
                .flatMap(row -> commit(row).stream())
                .toList();
    }

    /** The newest version of ours that was made of exactly this and can still be read, current or not. */
    public Optional<Commit> find(String fingerprint) {
        Optional<Commit> current = current(fingerprint);
        return current.isPresent()
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
        return DeltaTable.isDeltaTable(spark, path) ? files().latest() : -1;
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
        return newest(changes().filter(col("userMetadata").equalTo(metadata.toJson())));
    }

    private Optional<Commit> newest(Dataset<Row> commits) {
        return commits.limit(1).collectAsList().stream()
                .flatMap(row -> commit(row).stream())
                .findFirst();
    }

    private Dataset<Row> changes() {
        if (!DeltaTable.isDeltaTable(spark, path)) {
            return spark.emptyDataFrame();
        }
        return DeltaTable.forPath(spark, path)
                .history()
                .filter(not(col("operation").isin(MAINTENANCE)))
                .orderBy(col("version").desc());
    }

    private Optional<Commit> commit(Row row) {
        return Optional.ofNullable(row.<String>getAs("userMetadata"))
                .flatMap(CommitMetadata::ofJson)
                .map(metadata -> new Commit(
                        new TableVersion(
                                path,
                                row.<Long>getAs("version"),
                                metadata.schemaFingerprint(),
                                metadata.rowsBefore() + writtenRows(row),
                                metadata.fingerprint()),
                        row.<Timestamp>getAs("timestamp").toInstant(),
                        metadata.facts()));
    }

    private static long writtenRows(Row row) {
        Map<String, String> metrics = row.getJavaMap(row.fieldIndex("operationMetrics"));
        return Long.parseLong(metrics.get("numOutputRows"));
    }
}

package io.trainyard.features.version;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** A table opened for writing. On a local disk nobody else can open it until this is closed. */
public final class TableWriter implements AutoCloseable {

    /** Old versions are what models were trained on: neither their log nor their files may expire by themselves. */
    private static final String FOREVER = "interval 36500 days";

    private final VersionedTable table;
    private final String path;
    private final Optional<TableLock> lock;

    private TableWriter(VersionedTable table, String path, Optional<TableLock> lock) {
        this.table = table;
        this.path = path;
        this.lock = lock;
    }

    static TableWriter open(SparkSession spark, String path, VersionedTable table) {
        return new TableWriter(table, path, TableLock.acquire(spark, path));
    }

    /**
     * Replaces the table's rows in one commit, unless the current version is made of exactly this, by another writer that was faster;
     * earlier versions stay readable. Where the lock vouches that nobody else writes, a first version that fails leaves nothing behind.
     *
     * @param fingerprint hash over whatever determines the rows
     * @param facts a JSON object to find beside the version
     */
    public Commit write(Dataset<Row> rows, String fingerprint, String facts) {
        Optional<Commit> current = table.current(fingerprint);
        return current.isPresent() ? current.get() : replace(rows, fingerprint, facts);
    }

    /**
     * Adds rows to a table that is a log, without versions of ours, unless this was done before.
     *
     * @param occasion names what the rows are added for; only the first rows of an occasion are
     */
    public void addOnce(Dataset<Row> rows, String occasion) {
        rows.write()
                .format("delta")
                .mode(SaveMode.Append)
                .option("txnAppId", occasion)
                .option("txnVersion", 1)
                .save(path);
    }

    /**
     * Adds rows to the current version in one commit, unless the current version is made of exactly this. The new version has the old
     * rows and the new ones.
     *
     * @param rows with the columns of the current version, in their order
     * @param fingerprint hash over whatever determines all rows of the new version
     * @param facts a JSON object to find beside the version
     * @param expected the current version as the caller saw it; commits that only maintain the table do not count
     * @throws StaleVersionException if another version is current now, or somebody else changed the rows
     * @throws IllegalArgumentException if the columns are others
     */
    public Commit append(Dataset<Row> rows, String fingerprint, String facts, long expected) {
        Commit current = table.current()
                .orElseThrow(() -> new StaleVersionException(path, expected, "its rows were changed by somebody else"));
        if (current.table().fingerprint().equals(fingerprint)) {
            return current;
        }
        if (current.table().version() != expected) {
            throw new StaleVersionException(
                    path,
                    expected,
                    "version %d is current".formatted(current.table().version()));
        }
        String schema = Fingerprint.of(rows.schema());
        if (!schema.equals(current.table().schemaFingerprint())) {
            throw new IllegalArgumentException(
                    "Cannot append to table %s: its columns are %s, and those of the new rows %s; write the table anew"
                            .formatted(
                                    path,
                                    table.read(expected).schema().simpleString(),
                                    rows.schema().simpleString()));
        }
        CommitMetadata metadata =
                new CommitMetadata(fingerprint, schema, current.table().rows(), facts);
        // A transaction of its own: Delta would make no commit of an append without rows.
        rows.write()
                .format("delta")
                .mode(SaveMode.Append)
                .option("userMetadata", metadata.toJson())
                .option("txnAppId", "append")
                .option("txnVersion", expected + 1)
                .save(path);
        return written(metadata);
    }

    private Commit replace(Dataset<Row> rows, String fingerprint, String facts) {
        CommitMetadata metadata = new CommitMetadata(fingerprint, Fingerprint.of(rows.schema()), 0, facts);
        Optional<Path> created = lock.map(TableLock::table).filter(folder -> !Files.exists(folder));
        boolean written = false;
        try {
            save(rows, metadata);
            written = true;
        } finally {
            if (!written) {
                created.map(Path::toFile).ifPresent(FileUtil::fullyDelete);
            }
        }
        return written(metadata);
    }

    private Commit written(CommitMetadata metadata) {
        return table.written(metadata)
                .orElseThrow(() -> new IllegalStateException(
                        "Cannot find the version just written to %s in the table's history".formatted(path)));
    }

    private void save(Dataset<Row> rows, CommitMetadata metadata) {
        rows.write()
                .format("delta")
                .mode(SaveMode.Overwrite)
                .option("overwriteSchema", true)
                .option("userMetadata", metadata.toJson())
                .option("delta.logRetentionDuration", FOREVER)
                .option("delta.deletedFileRetentionDuration", FOREVER)
                .save(path);
    }

    @Override
    public void close() {
        lock.ifPresent(TableLock::close);
    }
}

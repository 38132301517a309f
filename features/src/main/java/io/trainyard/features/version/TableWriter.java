package io.trainyard.features.version;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
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
        return new TableWriter(table, path, localPath(spark, path).map(TableLock::acquire));
    }

    /** The current version, if it was made of exactly this. */
    public Optional<Commit> current(String fingerprint) {
        return table.current().filter(commit -> commit.table().fingerprint().equals(fingerprint));
    }

    /**
     * Replaces the table's rows in one commit; its earlier versions stay readable.
     *
     * @param fingerprint hash over whatever determines the rows
     * @param facts a JSON object to find beside the version
     */
    public Commit write(Dataset<Row> rows, String fingerprint, String facts) {
        CommitMetadata metadata = new CommitMetadata(fingerprint, Fingerprint.of(rows.schema()), facts);
        rows.write()
                .format("delta")
                .mode(SaveMode.Overwrite)
                .option("overwriteSchema", true)
                .option("userMetadata", metadata.toJson())
                .option("delta.logRetentionDuration", FOREVER)
                .option("delta.deletedFileRetentionDuration", FOREVER)
                .save(path);
        return table.written(metadata)
                .orElseThrow(() -> new IllegalStateException(
                        "Cannot find the version just written to %s in the table's history".formatted(path)));
    }

    @Override
    public void close() {
        lock.ifPresent(TableLock::close);
    }

    private static Optional<java.nio.file.Path> localPath(SparkSession spark, String path) {
        Path qualified;
        try {
            qualified = new Path(path)
                    .getFileSystem(spark.sparkContext().hadoopConfiguration())
                    .makeQualified(new Path(path));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot reach the file system of table " + path, e);
        }
        return qualified.toUri().getScheme().equals("file")
                ? Optional.of(java.nio.file.Path.of(qualified.toUri().getPath()))
                : Optional.empty();
    }
}

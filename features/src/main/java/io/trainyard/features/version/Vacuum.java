package io.trainyard.features.version;

import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.delta.tables.DeltaTable;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Deletes the files of a Delta table that no version needs which must stay readable: the newest one, the pinned ones, and those that
 * were current within the retention. Files that were written within the retention are kept in any case, since a writer may be about to
 * commit them. Settings of the session stay as they are.
 */
public final class Vacuum {

    /** Delta asks for this form, in this order. */
    private static final StructType INVENTORY = new StructType()
            .add("path", StringType)
            .add("length", LongType)
            .add("isDir", BooleanType)
            .add("modificationTime", LongType);

    private final SparkSession spark;
    private final String table;
    private Duration retention = Duration.ofDays(7);
    private boolean dryRun;

    private Vacuum(SparkSession spark, String table) {
        this.spark = spark;
        this.table = table;
    }

    /** Of the Delta table at a path, with a retention of seven days. */
    public static Vacuum of(SparkSession spark, String table) {
        return new Vacuum(spark, table);
    }

    /** How long versions and files stay in any case. Zero is safe only where nobody writes or reads the table meanwhile. */
    public Vacuum retention(Duration length) {
        if (length.isNegative()) {
            throw new IllegalArgumentException("The retention of a vacuum is negative: " + length);
        }
        this.retention = length;
        return this;
    }

    /** Only says what would be deleted. */
    public Vacuum dryRun(boolean only) {
        this.dryRun = only;
        return this;
    }

    /**
     * What a vacuum did, or would do.
     *
     * @param kept versions that stay readable for sure; others may, where they share all of their files with these
     * @param files how many files were deleted
     * @param bytes how long they were together
     */
    public record Result(String table, boolean dryRun, SortedSet<Long> kept, long files, long bytes) {}

    /**
     * Deletes.
     *
     * @param now when the retention ends
     * @throws UnreadableVersionException if files of a pinned version are gone already; nothing is deleted then
     * @throws TableBusyException if somebody on this machine is writing the table
     */
    public Result execute(Instant now) {
        if (dryRun) {
            return run(now);
        }
        var lock = TableLock.acquire(spark, table);
        try {
            return run(now);
        } finally {
            lock.ifPresent(TableLock::close);
        }
    }

    private Result run(Instant now) {
        TableFiles files = TableFiles.of(spark, table);
        SortedSet<Long> kept = kept(files, now.minus(retention));
        Map<String, FileStatus> before = files.listing();
        SortedMap<String, FileStatus> unneeded = unneeded(files, kept, before, now);
        if (dryRun || unneeded.isEmpty()) {
            return result(kept, unneeded);
        }
        delete(unneeded);
        Set<String> after = files.listing().keySet();
        unneeded.keySet().removeAll(after);
        kept.forEach(version -> files.requireReadable(version, "vacuum table " + table));
        return result(kept, unneeded);
    }

    private SortedSet<Long> kept(TableFiles files, Instant since) {
        SortedSet<Long> kept = new TreeSet<>(Pins.of(spark, table).versions());
        kept.add(files.latest());
        for (Row commit : DeltaTable.forPath(spark, table)
                .history()
                .select("version", "timestamp")
                .orderBy(desc("version"))
                .collectAsList()) {
            boolean older = commit.<Timestamp>getAs("timestamp").toInstant().isBefore(since);
            if (older && retention.isZero()) {
                break;
            }
            kept.add(commit.getAs("version"));
            if (older) {
                break; // it was current when the retention began
            }
        }
        return kept;
    }

    private SortedMap<String, FileStatus> unneeded(
            TableFiles files, SortedSet<Long> kept, Map<String, FileStatus> listing, Instant now) {
        SortedMap<String, FileStatus> unneeded = new TreeMap<>(listing);
        String purpose = "vacuum table " + table;
        for (long version : kept) {
            for (String file : files.of(version, purpose)) {
                // A needed file that goes by another name in the listing would be deleted.
                if (files.isInside(file) && !listing.containsKey(file)) {
                    throw UnreadableVersionException.incomplete(
                            purpose, table, version, files.missing(version, purpose));
                }
                unneeded.remove(file);
            }
        }
        long young = now.minus(retention).toEpochMilli();
        unneeded.values().removeIf(file -> !retention.isZero() && file.getModificationTime() >= young);
        return unneeded;
    }

    /** In a session of its own, for the sake of a setting and of the inventory's name. */
    private void delete(Map<String, FileStatus> files) {
        SparkSession alone = spark.newSession();
        alone.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", false);
        List<Row> inventory = files.entrySet().stream()
                .map(file -> RowFactory.create(
                        file.getKey(),
                        file.getValue().getLen(),
                        false,
                        file.getValue().getModificationTime()))
                .toList();
        alone.createDataFrame(inventory, INVENTORY).createOrReplaceTempView("inventory");
        alone.sql(
                "VACUUM delta.`%s` USING INVENTORY (SELECT path, length, isDir, modificationTime FROM inventory) RETAIN 0 HOURS"
                        .formatted(table.replace("`", "``")));
    }

    private Result result(SortedSet<Long> kept, Map<String, FileStatus> files) {
        long bytes = files.values().stream().mapToLong(FileStatus::getLen).sum();
        return new Result(table, dryRun, kept, files.size(), bytes);
    }
}

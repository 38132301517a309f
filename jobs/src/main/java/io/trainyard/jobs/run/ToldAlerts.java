package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Alerts that have arrived at a receiver, in a Delta table, so that none is sent in every run. */
public final class ToldAlerts {
    private static final StructType SCHEMA = StructType.fromDDL("receiver string, alert string, at timestamp");

    private final SparkSession spark;
    private final String path;
    private final String receiver;

    /** @param address of the receiver; its hash is stored, since it may be a secret */
    public ToldAlerts(JobContext context, String address) {
        this.receiver =
                Fingerprint.of("receiver of alerts", 1).add("address", address).hex();
        this.spark = context.spark();
        this.path = context.warehouse().toldAlerts();
    }

    /** The keys of those that were told by now. */
    public Set<String> keys() {
        return new VersionedTable(spark, path).exists()
                ? spark
                        .read()
                        .format("delta")
                        .load(path)
                        .where(col("receiver").equalTo(receiver))
                        .select("alert")
                        .collectAsList()
                        .stream()
                        .map(row -> row.getString(0))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** Notes one. A run that is killed between telling and noting tells it again, under the same key. */
    public void add(String key, Instant at) {
        try (TableWriter writer = new VersionedTable(spark, path).writer()) {
            writer.addOnce(
                    spark.createDataFrame(List.of(RowFactory.create(receiver, key, Timestamp.from(at))), SCHEMA),
                    "told %s %s".formatted(receiver, key));
        }
    }
}

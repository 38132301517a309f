package io.trainyard.jobs.run;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The Spark session of a job: the one that runs in this process already, as on Databricks, else one of its own, in local mode unless a
 * master is given. Closing it stops a session of its own, and leaves any other as it was found.
 */
public final class Session implements AutoCloseable {
    private static final String DATABRICKS = "DATABRICKS_RUNTIME_VERSION";
    private static final String ZONE = "spark.sql.session.timeZone";

    private final SparkSession spark;
    private final String zoneBefore;
    private final boolean owned;

    private Session(SparkSession spark, ZoneId zone, boolean owned) {
        this.spark = spark;
        this.zoneBefore = spark.conf().get(ZONE);
        this.owned = owned;
        spark.conf().set(ZONE, zone.getId());
    }

    /**
     * @param name shown in Spark's user interface
     * @param zone what hours and days mean in SQL
     */
    public static Session open(String name, ZoneId zone, Map<String, String> environment) {
        Optional<SparkSession> running = running();
        boolean owned = running.isEmpty() && !environment.containsKey(DATABRICKS);
        return new Session(running.orElseGet(() -> start(name)), zone, owned);
    }

    private static Optional<SparkSession> running() {
        Option<SparkSession> found = SparkSession.getDefaultSession();
        return found.isDefined() && !found.get().sparkContext().isStopped()
                ? Optional.of(found.get())
                : Optional.empty();
    }

    private static SparkSession start(String name) {
        SparkConf configuration = new SparkConf(true).setIfMissing("spark.app.name", "trainyard " + name);
        if (!configuration.contains("spark.master")) {
            configuration
                    .setMaster("local[*]")
                    .setIfMissing("spark.ui.enabled", "false")
                    .setIfMissing(
                            "spark.sql.shuffle.partitions",
                            String.valueOf(2 * Runtime.getRuntime().availableProcessors()))
                    .setIfMissing("spark.driver.bindAddress", "127.0.0.1")
                    .setIfMissing("spark.driver.host", "127.0.0.1");
        }
        configuration
                .setIfMissing("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .setIfMissing("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .setIfMissing("spark.ui.showConsoleProgress", "false")
                .setIfMissing("spark.databricks.delta.snapshotPartitions", "2");
        return SparkSession.builder().config(configuration).getOrCreate();
    }

    public SparkSession spark() {
        return spark;
    }

    @Override
    public void close() {
        if (owned) {
            spark.stop();
        } else {
            spark.conf().set(ZONE, zoneBefore);
        }
    }
}

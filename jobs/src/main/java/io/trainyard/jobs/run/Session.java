package io.trainyard.jobs.run;

import java.time.ZoneId;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of a job: the platform's own where there is one, else one in local mode. Closing it stops only a session that
 * this process owns.
 */
public final class Session implements AutoCloseable {
    private static final String DATABRICKS = "DATABRICKS_RUNTIME_VERSION";

    private final SparkSession spark;
    private final boolean owned;

    private Session(SparkSession spark, boolean owned) {
        this.spark = spark;
        this.owned = owned;
    }

    /**
     * @param name shown in Spark's user interface
     * @param zone what hours and days mean in SQL
     */
    public static Session open(String name, ZoneId zone, Map<String, String> environment) {
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
        SparkSession spark = SparkSession.builder().config(configuration).getOrCreate();
        spark.conf().set("spark.sql.session.timeZone", zone.getId());
        return new Session(spark, !environment.containsKey(DATABRICKS));
    }

    public SparkSession spark() {
        return spark;
    }

    @Override
    public void close() {
        if (owned) {
            spark.stop();
        }
    }
}

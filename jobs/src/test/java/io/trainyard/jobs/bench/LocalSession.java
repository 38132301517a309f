package io.trainyard.jobs.bench;

import org.apache.spark.sql.SparkSession;

/** A session of so many slots in this process, for one benchmark. */
final class LocalSession implements AutoCloseable {
    private final SparkSession spark;

    LocalSession(int slots) {
        this.spark = SparkSession.builder()
                .appName("trainyard bench")
                .master("local[" + slots + "]")
                .config("spark.ui.enabled", false)
                .config("spark.ui.showConsoleProgress", false)
                .config("spark.sql.shuffle.partitions", slots)
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.databricks.delta.snapshotPartitions", slots)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate();
    }

    SparkSession spark() {
        return spark;
    }

    @Override
    public void close() {
        spark.stop();
    }
}

package io.trainyard.jobs.bench;

import org.apache.spark.sql.SparkSession;

/** A session on a standalone cluster of this machine, for one benchmark: so many executors of one core, with the classes of this process. */
final class ClusterSession implements AutoCloseable {
    private final SparkSession spark;

    ClusterSession(String master, int executors) {
        this.spark = SparkSession.builder()
                .appName("trainyard bench")
                .master(master)
                .config("spark.cores.max", executors)
                .config("spark.executor.cores", 1)
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                // Nothing begins before all are there, or that time is over.
                .config("spark.scheduler.minRegisteredResourcesRatio", 1)
                .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "2min")
                .config("spark.ui.enabled", false)
                .config("spark.ui.showConsoleProgress", false)
                .config("spark.sql.shuffle.partitions", executors)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate();
        int there = spark.sparkContext().statusTracker().getExecutorInfos().length - 1; // the driver is one of them
        if (there != executors) {
            spark.stop();
            throw new IllegalStateException("%s gave %d executors of %d: scripts/cluster start --workers %d --cores 1"
                    .formatted(master, there, executors, executors));
        }
    }

    SparkSession spark() {
        return spark;
    }

    @Override
    public void close() {
        spark.stop();
    }
}

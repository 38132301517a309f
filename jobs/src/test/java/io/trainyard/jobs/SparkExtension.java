package io.trainyard.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests that ask for a {@link SparkSession} the one of this JVM, with Delta, in UTC. */
public final class SparkExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(SparkSession.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .getOrComputeIfAbsent(SharedSession.class, key -> new SharedSession(), SharedSession.class)
                .spark;
    }

    private static final class SharedSession implements AutoCloseable {

        private final SparkSession spark;

        SharedSession() {
            try {
                spark = SparkSession.builder()
                        .master("local[2]")
                        .config("spark.ui.enabled", false)
                        .config("spark.sql.shuffle.partitions", 2)
                        .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", 2)
                        .config("spark.databricks.delta.snapshotPartitions", 2)
                        // Pipelines run by the dozen, much alike: Spark keeps only a hundred compiled pieces.
                        .config("spark.sql.codegen.cache.maxEntries", 2000)
                        .config("spark.sql.session.timeZone", "UTC")
                        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                        .config(
                                "spark.sql.warehouse.dir",
                                Files.createTempDirectory("warehouse").toString())
                        .getOrCreate();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            spark.stop();
        }
    }
}

package io.trainyard.jobs.run;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.storage.WarehouseStorage;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * What every job is given.
 *
 * @param asOf the logical time: nothing later is read
 */
public record JobContext(
        Pipeline pipeline,
        Instant asOf,
        SparkSession spark,
        Warehouse warehouse,
        WarehouseStorage storage,
        ModelRegistry registry,
        Map<String, String> environment,
        Clock clock,
        Console console) {

    /**
     * A job on the pipeline's own warehouse.
     *
     * @throws io.trainyard.jobs.storage.StorageException if the warehouse cannot be used
     */
    public static JobContext of(
            Pipeline pipeline, Instant asOf, SparkSession spark, Map<String, String> environment, Console console)
            throws IOException {
        requireShared(pipeline, spark.sparkContext().master());
        WarehouseStorage storage = WarehouseStorage.of(spark.sessionState().newHadoopConf());
        storage.requireUsable(pipeline.warehouse().resolved());
        Catalog catalog = new Catalog(pipeline, storage, environment, Clock.systemUTC());
        return new JobContext(
                pipeline,
                asOf,
                spark,
                catalog.warehouse(),
                storage,
                catalog.registry(),
                environment,
                Clock.systemUTC(),
                console);
    }

    /** The same for a pipeline that differs from this one in settings, and in neither warehouse nor registry. */
    JobContext with(Pipeline other) {
        return new JobContext(other, asOf, spark, warehouse, storage, registry, environment, clock, console);
    }

    /** The bundle of a version of the pipeline's model. */
    FetchedBundle fetch(ModelVersion version) throws IOException {
        return FetchedBundle.of(registry, pipeline.register(), version);
    }

    /** A relative path is a folder of this machine, which the executors of a cluster do not see. */
    private static void requireShared(Pipeline pipeline, String master) {
        if (pipeline.warehouse().relative() && !master.startsWith("local")) {
            throw new JobException(
                    "Cannot use the relative warehouse %s on %s: the executors would each write to a disk of their own; set warehouse to an absolute path or URI that all of them see, for example with --set warehouse=hdfs:///warehouse"
                            .formatted(pipeline.warehouse(), master));
        }
    }
}

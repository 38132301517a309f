package io.trainyard.jobs.run;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.storage.WarehouseStorage;
import io.trainyard.registry.ModelRegistry;
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
        Console console) {}

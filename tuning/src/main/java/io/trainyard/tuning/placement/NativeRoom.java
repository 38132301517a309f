package io.trainyard.tuning.placement;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;

/**
 * How much memory an executor has beside its heap, where native matrices are.
 *
 * @param bytes of the executor that has least
 * @param overhead whether the resource manager grants it, by {@code spark.executor.memoryOverhead}
 */
public record NativeRoom(long bytes, boolean overhead) {
    private static final long MIB = 1 << 20;

    /** What the JVM itself takes beside its heap. */
    private static final long JVM = 256 * MIB;

    /** Spark's defaults (configuration page, {@code spark.executor.memoryOverhead}). */
    private static final long LEAST_OVERHEAD = 384 * MIB;

    private static final double OVERHEAD_FACTOR = 0.1;

    /**
     * YARN and Kubernetes kill an executor that takes more than its heap and overhead. Elsewhere the executors of a machine share what
     * it has.
     */
    public static NativeRoom of(SparkConf configuration, List<ExecutorProbe> executors) {
        String master = configuration.get("spark.master", "");
        if (master.startsWith("yarn") || master.startsWith("k8s")) {
            return new NativeRoom(Math.max(0, overhead(configuration) - JVM), true);
        }
        Map<String, Long> onHost =
                executors.stream().collect(Collectors.groupingBy(ExecutorProbe::host, Collectors.counting()));
        long least = executors.stream()
                .mapToLong(executor -> executor.machine() / onHost.get(executor.host()) - executor.heap() - JVM)
                .min()
                .orElse(0);
        return new NativeRoom(Math.max(0, least), false);
    }

    private static long overhead(SparkConf configuration) {
        if (configuration.contains("spark.executor.memoryOverhead")) {
            return configuration.getSizeAsMb("spark.executor.memoryOverhead") * MIB;
        }
        double factor = configuration.getDouble("spark.executor.memoryOverheadFactor", OVERHEAD_FACTOR);
        return Math.max(
                LEAST_OVERHEAD, (long) (factor * configuration.getSizeAsMb("spark.executor.memory", "1g") * MIB));
    }

    /** What to change so that so many bytes fit. */
    public String remedy(long needed) {
        return overhead
                ? "set spark.executor.memoryOverhead to at least %dm".formatted((needed + JVM) / MIB + 1)
                : "give executors less heap (spark.executor.memory; in local mode spark.driver.memory) or machines more memory, or train on fewer rows";
    }
}

package io.trainyard.tuning.placement;

import com.sun.management.OperatingSystemMXBean;
import io.trainyard.tuning.matrix.Gpus;
import io.trainyard.tuning.matrix.NativeLibrary;
import io.trainyard.tuning.matrix.NativeMatrix;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What an executor has, as its own process sees it.
 *
 * @param heap bytes that the JVM may take for its heap
 * @param machine bytes of the container, or of the machine where nothing limits the process
 * @param failure why XGBoost's native library does not load; empty where it does
 * @param notQuantised why matrices are not held as bins; empty where they are
 * @param cuda whether XGBoost's library can train on GPUs
 * @param gpus how many there are for it
 */
public record ExecutorProbe(
        String executor,
        String host,
        long heap,
        long machine,
        int processors,
        String failure,
        String notQuantised,
        boolean cuda,
        int gpus)
        implements Serializable {

    /** Of every executor that has a slot; one that comes later is not among them. */
    public static List<ExecutorProbe> all(JavaSparkContext context, SlotPlan slots) {
        SortedMap<String, ExecutorProbe> byExecutor = new TreeMap<>();
        context.parallelize(Collections.nCopies(slots.slots(), 1), slots.slots())
                .map(ignored -> here())
                .collect()
                .forEach(probe -> byExecutor.put(probe.executor(), probe));
        return List.copyOf(byExecutor.values());
    }

    private static ExecutorProbe here() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        SparkEnv spark = SparkEnv.get();
        return new ExecutorProbe(
                spark.executorId(),
                spark.blockManager().blockManagerId().host(),
                Runtime.getRuntime().maxMemory(),
                system.getTotalMemorySize(),
                Runtime.getRuntime().availableProcessors(),
                failureToLoad(),
                NativeMatrix.notQuantised().orElse(""),
                NativeLibrary.cuda(),
                Gpus.count());
    }

    private static String failureToLoad() {
        try {
            new DMatrix(new float[] {1f}, 1, 1, Float.NaN).dispose();
            return "";
        } catch (XGBoostError | LinkageError failure) {
            return String.valueOf(failure.getMessage());
        }
    }
}

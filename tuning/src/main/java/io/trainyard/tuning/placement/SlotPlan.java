package io.trainyard.tuning.placement;

import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.matrix.Part;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How many trials fit beside each other, and with how many threads each.
 *
 * @param slots tasks that the cluster runs at once
 * @param threadsPerTask cores of a task, {@code spark.task.cpus}
 * @param coresPerExecutor cores of one executor
 */
public record SlotPlan(int slots, int threadsPerTask, int coresPerExecutor) {
    /** Bytes that a matrix takes over those of its plain floats, in training and when it is only predicted on; as measured. */
    private static final double QUANTISED = 1.8;

    private static final double TRAINED = 3.9;
    private static final double PREDICTED = 2.6;

    public SlotPlan {
        if (slots < 1 || threadsPerTask < 1 || coresPerExecutor < 1) {
            throw new IllegalArgumentException(
                    slots + " slots of " + threadsPerTask + " threads on executors of " + coresPerExecutor + " cores");
        }
    }

    /**
     * What this application has now. Cores that do not make up a whole task are no slot. Where the executors' cores are not
     * declared, as on a standalone cluster, they are what the scheduler counts, shared evenly.
     */
    public static SlotPlan of(JavaSparkContext context) {
        SparkConf configuration = context.getConf();
        int threads = configuration.getInt("spark.task.cpus", 1);
        int counted = context.sc().defaultParallelism();
        if (context.isLocal()) {
            return new SlotPlan(Math.max(1, counted / threads), threads, counted);
        }
        int executors = Math.max(1, context.sc().statusTracker().getExecutorInfos().length - 1); // less the driver
        boolean countsCores = !configuration.contains("spark.default.parallelism");
        int cores =
                configuration.getInt("spark.executor.cores", countsCores ? Math.max(1, counted / executors) : threads);
        return new SlotPlan(executors * Math.max(1, cores / threads), threads, cores);
    }

    /** The plan in words, with its numbers, for the user to read before anything runs. */
    public String describe(MatrixBlocks blocks) {
        Optional<String> notQuantised = NativeMatrix.notQuantised();
        double bytes = blocks.rawBytes(Part.SEARCH_TRAIN) * (notQuantised.isEmpty() ? QUANTISED : TRAINED)
                + blocks.rawBytes(Part.SEARCH_VALIDATION) * PREDICTED;
        return "resident, %s: %,d + %,d rows × %d columns, about %,d MiB on each executor; %d trials at once, %d %s each"
                .formatted(
                        notQuantised.map(why -> "not quantised (" + why + ")").orElse("quantised"),
                        blocks.rows(Part.SEARCH_TRAIN),
                        blocks.rows(Part.SEARCH_VALIDATION),
                        blocks.columns().size(),
                        Math.max(1, Math.round(bytes / (1 << 20))),
                        slots,
                        threadsPerTask,
                        threadsPerTask == 1 ? "thread" : "threads");
    }
}

package io.trainyard.tuning.placement;

import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext$;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.JavaConverters;

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
     * What this application has now. Cores that do not make up a whole task are no slot, nor are those without a GPU where each task has one. Where the executors' cores are not
     * declared, as on a standalone cluster, they are what executors registered with, shared evenly. Where executors come as they are needed,
     * there are as many as may come: no more come than there is work for.
     */
    public static SlotPlan of(JavaSparkContext context) {
        SparkConf configuration = context.getConf();
        if (context.isLocal()) {
            int counted = context.sc().defaultParallelism();
            int threads = configuration.getInt("spark.task.cpus", 1);
            return new SlotPlan(Math.max(1, counted / threads), threads, counted);
        }
        List<Integer> cores = new ArrayList<>();
        for (ExecutorSummary executor :
                JavaConverters.seqAsJavaList(context.sc().statusStore().executorList(true))) {
            if (!executor.id().equals(SparkContext$.MODULE$.DRIVER_IDENTIFIER())) {
                cores.add(executor.totalCores());
            }
        }
        return onExecutors(configuration, cores);
    }

    /** @param registered the cores of each executor */
    static SlotPlan onExecutors(SparkConf configuration, List<Integer> registered) {
        int threads = configuration.getInt("spark.task.cpus", 1);
        int executors = Math.max(1, registered.size());
        int counted = registered.stream().mapToInt(Integer::intValue).sum();
        int cores = configuration.getInt("spark.executor.cores", Math.max(threads, counted / executors));
        if (configuration.getBoolean("spark.dynamicAllocation.enabled", false)) {
            executors = Math.max(executors, configuration.getInt("spark.dynamicAllocation.maxExecutors", executors));
        }
        int each = Math.min(cores / threads, TaskGpu.tasks(configuration));
        return new SlotPlan(executors * Math.max(1, each), threads, cores);
    }

    /** Whether every task finds a GPU, or a share of one: given by Spark, or the first of the machine in local mode. */
    public static boolean givesGpus(JavaSparkContext context) {
        return context.isLocal() || TaskGpu.given(context.getConf());
    }

    /** How many GPUs Spark gives each executor. */
    public static int gpusOfExecutor(JavaSparkContext context) {
        return TaskGpu.ofExecutor(context.getConf());
    }

    /**
     * Bytes that an executor takes for the matrices, beside its heap; those of the search are freed before the final fit.
     *
     * @param folds which an executor holds at the same time, or all of them
     */
    public long bytes(MatrixBlocks blocks, FoldPlan folds, boolean quantised) {
        double trained = quantised ? QUANTISED : TRAINED;
        double[] each = IntStream.range(0, folds.folds())
                .mapToDouble(fold -> trained * blocks.rawBytes(Part.train(fold))
                        + PREDICTED * blocks.rawBytes(Part.validation(fold)))
                .toArray();
        DoubleStream search = DoubleStream.of(each);
        double held = folds.oneAtATime() ? search.max().orElse(0) : search.sum();
        return (long) Math.max(held, trained * blocks.rawBytes(Part.FINAL_TRAIN));
    }

    /**
     * How few workers hold a trial's rows together, where every slot is a worker of some trial.
     *
     * @param bytes that all rows of a trial take
     * @param room that an executor has
     */
    public long workers(long bytes, long room) {
        long perExecutor = Math.max(1, coresPerExecutor / threadsPerTask);
        return Math.max(1, (bytes * perExecutor + room - 1) / Math.max(1, room));
    }

    /** The plan in words, where trials are of several workers each. */
    public String describe(MatrixBlocks blocks, FoldPlan folds, int workers) {
        return "distributed: %,d + %,d rows × %d columns%s, over %d workers of %d %s; %d trial%s at once"
                .formatted(
                        blocks.rows(Part.SEARCH_TRAIN),
                        blocks.rows(Part.SEARCH_VALIDATION),
                        blocks.columns().size(),
                        describe(folds),
                        workers,
                        threadsPerTask,
                        threadsPerTask == 1 ? "thread" : "threads",
                        slots / workers,
                        slots / workers == 1 ? "" : "s");
    }

    /** The plan in words, with its numbers, for the user to read before anything runs. */
    public String describe(MatrixBlocks blocks, FoldPlan folds, List<ExecutorProbe> executors) {
        Optional<String> notQuantised = executors.stream()
                .map(ExecutorProbe::notQuantised)
                .filter(reason -> !reason.isEmpty())
                .findFirst();
        return "resident, %s: %,d + %,d rows × %d columns%s, about %,d MiB on each of %d executor%s; %d trials at once, %d %s each"
                .formatted(
                        notQuantised.map(why -> "not quantised (" + why + ")").orElse("quantised"),
                        blocks.rows(Part.SEARCH_TRAIN),
                        blocks.rows(Part.SEARCH_VALIDATION),
                        blocks.columns().size(),
                        describe(folds),
                        Math.max(1, bytes(blocks, folds, notQuantised.isEmpty()) >> 20),
                        executors.size(),
                        executors.size() == 1 ? "" : "s",
                        slots,
                        threadsPerTask,
                        threadsPerTask == 1 ? "thread" : "threads");
    }

    private static String describe(FoldPlan folds) {
        if (!folds.several()) {
            return "";
        }
        return folds.oneAtATime()
                ? " in %d folds, of which all trials are in one at a time, since there is no room for all"
                        .formatted(folds.folds())
                : " in each of %d folds".formatted(folds.folds());
    }
}

package io.trainyard.tuning.placement;

import io.trainyard.tuning.learner.TrialSettings;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** The GPUs that Spark gives to tasks, by its resource {@code gpu}. */
final class TaskGpu {
    private static final String RESOURCE = "gpu";
    private static final String OF_A_TASK = "spark.task.resource.gpu.amount";
    private static final String OF_AN_EXECUTOR = "spark.executor.resource.gpu.amount";

    private TaskGpu() {}

    /**
     * The settings with the address of the running task's GPU, where trials are trained on GPUs. Spark gives tasks none in local mode:
     * they share the first.
     *
     * @throws IllegalStateException if the task was given none
     */
    static TrialSettings settings(TrialSettings settings) {
        if (!settings.onGpu() || SparkEnv.get().executorId().equals(SparkContext$.MODULE$.DRIVER_IDENTIFIER())) {
            return settings;
        }
        Map<String, ResourceInformation> resources = TaskContext.get().resourcesJMap();
        if (!resources.containsKey(RESOURCE)) {
            throw new IllegalStateException(
                    "Spark gave the task no GPU; set %s and %s".formatted(OF_AN_EXECUTOR, OF_A_TASK));
        }
        return settings.onGpu(resources.get(RESOURCE).addresses()[0]);
    }

    /** How many tasks of an executor can have a GPU, or a share of one, at once; no limit where tasks are given none. */
    static int tasks(SparkConf configuration) {
        double each = configuration.getDouble(OF_A_TASK, 0);
        if (each <= 0) {
            return Integer.MAX_VALUE;
        }
        int gpus = ofExecutor(configuration);
        return each <= 1 ? gpus * (int) Math.floor(1 / each) : gpus / (int) Math.ceil(each);
    }

    static int ofExecutor(SparkConf configuration) {
        return configuration.getInt(OF_AN_EXECUTOR, 0);
    }

    static boolean given(SparkConf configuration) {
        return configuration.getDouble(OF_A_TASK, 0) > 0;
    }
}

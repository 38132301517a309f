package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Groups;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Predictions;
import io.trainyard.tuning.metric.Task;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all trials of a study share.
 *
 * @param task kind of label
 * @param classes how many classes the label has; 0 for regression
 * @param metrics what trials are judged by; the first one also stops a trial early, and all fit the task
 * @param maxRounds most boosting rounds of a trial
 * @param patience a trial stops after so many rounds without a better validation metric; 0: it trains all rounds and is judged
 *     once, after the last
 * @param seed seed of every model
 * @param shape the quantile that is predicted, the power of a Tweedie distribution, or how many of each group metrics at k look at: all
 *     of a ranking do, and of two classes those that are asked for; NaN for what has none
 * @param fixed parameters of XGBoost that every trial has, such as {@code monotone_constraints} and {@code device}
 */
public record TrialSettings(
        Task task,
        int classes,
        List<Metric> metrics,
        int maxRounds,
        int patience,
        long seed,
        double shape,
        Map<String, String> fixed)
        implements Serializable {
    /** XGBoost's parameter that says where it trains: {@code cpu}, or {@code cuda} on GPUs. */
    public static final String DEVICE = "device";

    private static final int WATCHED_EVERY = 5;

    public TrialSettings {
        if (task == Task.MULTICLASS ? classes < 3 : classes != (task == Task.BINARY ? 2 : 0)) {
            throw new IllegalArgumentException("Task " + task + " with " + classes + " classes");
        }
        if (!isShape(task, shape)) {
            throw new IllegalArgumentException("Task " + task + " with the shape " + shape);
        }
        metrics = List.copyOf(metrics);
        fixed = Collections.unmodifiableMap(new TreeMap<>(fixed));
        for (Metric metric : metrics) {
            if (!metric.fits(task) || (metric.isAtK() && Double.isNaN(shape))) {
                throw new IllegalArgumentException("Metric " + metric + " does not fit task " + task);
            }
        }
        if (maxRounds < 1 || patience < 0) {
            throw new IllegalArgumentException(
                    "Rounds " + maxRounds + " must be at least 1, and patience " + patience + " at least 0");
        }
    }

    /** Without parameters that every trial has. */
    public TrialSettings(
            Task task, int classes, List<Metric> metrics, int maxRounds, int patience, long seed, double shape) {
        this(task, classes, metrics, maxRounds, patience, seed, shape, Map.of());
    }

    /** One metric, and a task without a shape. */
    public TrialSettings(Task task, int classes, Metric metric, int maxRounds, int patience, long seed) {
        this(task, classes, List.of(metric), maxRounds, patience, seed, Double.NaN);
    }

    private static boolean isShape(Task task, double shape) {
        boolean isCount = shape >= 1 && shape == (int) shape;
        return switch (task) {
            case QUANTILE -> shape > 0 && shape < 1;
            case TWEEDIE -> shape > 1 && shape < 2;
            case RANKING -> isCount;
            case BINARY -> isCount || Double.isNaN(shape);
            case MULTICLASS, REGRESSION, POISSON, GAMMA -> true;
        };
    }

    /** Whether trials are trained on GPUs. */
    public boolean onGpu() {
        return fixed.getOrDefault(DEVICE, "cpu").startsWith("cuda");
    }

    /** The same on one GPU of a machine, by its number there. */
    public TrialSettings onGpu(String address) {
        Map<String, String> own = new TreeMap<>(fixed);
        own.put(DEVICE, "cuda:" + address);
        return new TrialSettings(task, classes, metrics, maxRounds, patience, seed, shape, own);
    }

    /** What was predicted of rows, for the metrics. */
    public Predictions predictions(double[] label, double[] scores, double[] weight, Groups groups) {
        return new Predictions(label, scores, scores(), weight, shape, groups);
    }

    /** All metrics that can be told of a model. */
    public List<Metric> measured() {
        return Metric.fitting(task).stream()
                .filter(metric -> !metric.isAtK() || !Double.isNaN(shape))
                .toList();
    }

    /** The first metric. */
    public Metric metric() {
        return metrics.get(0);
    }

    /** Whether a trial may end before its last round. */
    public boolean stopsEarly() {
        return patience > 0;
    }

    /**
     * After how many rounds each the validation metric is looked at: a tenth of the patience, at most {@value #WATCHED_EVERY}. Judging a
     * round takes as long as training it where as many rows validate as train.
     */
    public int watchEvery() {
        return Math.max(1, Math.min(WATCHED_EVERY, patience / 10));
    }

    /** Scores a row in {@link io.trainyard.tuning.metric.Predictions}: one, or one for each of three or more classes. */
    public int scores() {
        return task == Task.MULTICLASS ? classes : 1;
    }
}

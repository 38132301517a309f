package io.trainyard.tuning.placement;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.RabitTracker;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Work that several workers do together, each as a task of one barrier stage: XGBoost's collective connects them. A worker that fails
 * leaves the others, so that none waits for it. Nothing is tried twice by Spark: whoever asked decides.
 */
final class WorkerJob {
    private static final ClassTag<WorkerAnswer> ANSWER = ClassTag$.MODULE$.apply(WorkerAnswer.class);

    private final JavaSparkContext context;
    private final TaskLosses losses;
    private final int workers;

    WorkerJob(JavaSparkContext context, TaskLosses losses, int workers) {
        this.context = context;
        this.losses = losses;
        this.workers = workers;
    }

    /** What is made, in one task, of what all workers came to, in their order. */
    @FunctionalInterface
    interface Summary<T extends Serializable, R extends Serializable> extends Serializable {
        R of(List<T> results) throws IOException;
    }

    /**
     * @param group under which Spark's user interface shows the job
     * @throws FailedTrialException if XGBoost refuses the configuration
     * @throws LostTrialException if the cluster lost a worker
     */
    @SuppressWarnings("unchecked") // The summary's result.
    <T extends Serializable, R extends Serializable> R run(
            String group, String description, WorkerTask.Work<T> work, Summary<T, R> summary)
            throws InterruptedException {
        RabitTracker tracker = tracker();
        context.setJobGroup(group, description);
        LogContext.carryTo(context.sc());
        JavaFutureAction<List<WorkerAnswer>> job = summarized(
                        stage(new WorkerTask<>(work, arguments(tracker))), summary)
                .collectAsync();
        try {
            R result = (R) result(job.get().get(0));
            tracker.stop();
            return result;
        } catch (InterruptedException interrupted) {
            job.cancel(true);
            throw stopped(tracker, interrupted);
        } catch (ExecutionException failure) {
            throw stopped(tracker, LostTrialException.ofTask(failure.getCause()));
        } catch (FailedTrialException | LostTrialException failure) {
            throw stopped(tracker, failure);
        } catch (XGBoostError error) {
            throw new IllegalStateException("Cannot part the workers: " + error.getMessage(), error);
        } finally {
            context.clearJobGroup();
        }
    }

    /** What connects workers of which one failed has failed as well, and has nothing to add but that. */
    private static <E extends Exception> E stopped(RabitTracker tracker, E failure) {
        try {
            tracker.stop();
        } catch (XGBoostError consequence) {
            failure.addSuppressed(consequence);
        }
        return failure;
    }

    private RabitTracker tracker() {
        try {
            RabitTracker tracker = new RabitTracker(workers, "", 0, WorkerTask.PATIENCE);
            tracker.start();
            return tracker;
        } catch (XGBoostError error) {
            throw new IllegalStateException("Cannot connect workers: " + error.getMessage(), error);
        }
    }

    private static Map<String, Object> arguments(RabitTracker tracker) {
        try {
            return new HashMap<>(tracker.getWorkerArgs());
        } catch (XGBoostError error) {
            throw new IllegalStateException("Cannot connect workers: " + error.getMessage(), error);
        }
    }

    private JavaRDD<WorkerAnswer> stage(WorkerTask<?> worker) {
        List<Integer> seats = IntStream.range(0, workers).boxed().toList();
        RDD<WorkerAnswer> stage =
                context.parallelize(seats, workers).rdd().barrier().mapPartitions(worker, false, ANSWER);
        return JavaRDD.fromRDD(stage, ANSWER);
    }

    private static <T extends Serializable, R extends Serializable> JavaRDD<WorkerAnswer> summarized(
            JavaRDD<WorkerAnswer> stage, Summary<T, R> summary) {
        return stage.coalesce(1, true)
                .mapPartitions(all -> List.of(summarized(all, summary)).iterator());
    }

    @SuppressWarnings("unchecked") // A worker's results are what its work returns.
    private static <T extends Serializable, R extends Serializable> WorkerAnswer summarized(
            Iterator<WorkerAnswer> all, Summary<T, R> summary) throws IOException {
        List<WorkerAnswer> workers = new ArrayList<>();
        all.forEachRemaining(workers::add);
        workers.sort(Comparator.comparingInt(WorkerAnswer::worker));
        Optional<WorkerAnswer> failure = workers.stream()
                .filter(done -> !(done instanceof WorkerAnswer.Result))
                .min(Comparator.comparing(WorkerAnswer.Left.class::isInstance));
        if (failure.isPresent()) {
            return failure.get();
        }
        List<T> results = workers.stream()
                .map(done -> (T) ((WorkerAnswer.Result) done).value())
                .toList();
        return new WorkerAnswer.Result(0, summary.of(results));
    }

    private Serializable result(WorkerAnswer done) throws InterruptedException {
        if (done instanceof WorkerAnswer.Refused refused) {
            throw new FailedTrialException(refused.complaint());
        }
        if (done instanceof WorkerAnswer.Lost lost) {
            throw losses.of(lost.stage());
        }
        if (done instanceof WorkerAnswer.Left left) {
            throw new LostTrialException(
                    LostTrialException.Suspect.TASK, "its workers lost each other: " + left.complaint(), null);
        }
        return ((WorkerAnswer.Result) done).value();
    }
}

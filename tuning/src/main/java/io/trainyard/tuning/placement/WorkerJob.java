package io.trainyard.tuning.placement;

import io.trainyard.tuning.matrix.NativeLibrary;
import io.trainyard.tuning.matrix.Share;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Communicator;
import ml.dmlc.xgboost4j.java.RabitTracker;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * Work that several workers do together, each as a task of one barrier stage: XGBoost's collective connects them. A worker that fails
 * leaves the others, so that none waits for it. Nothing is tried twice by Spark: whoever asked decides.
 */
final class WorkerJob {
    /** Workers that never come, and a worker that falls silent, end the job after so many seconds. */
    private static final int PATIENCE = 1_800;

    private static final ClassTag<Done> DONE = ClassTag$.MODULE$.apply(Done.class);

    private final JavaSparkContext context;
    private final TaskLosses losses;
    private final int workers;

    WorkerJob(JavaSparkContext context, TaskLosses losses, int workers) {
        this.context = context;
        this.losses = losses;
        this.workers = workers;
    }

    /** What a worker does with its share. */
    @FunctionalInterface
    interface Work<T extends Serializable> extends Serializable {
        T run(Share share) throws IOException, XGBoostError;
    }

    /** What is made, in one task, of what all workers came to, in their order. */
    @FunctionalInterface
    interface Summary<T extends Serializable, R extends Serializable> extends Serializable {
        R of(List<T> results) throws IOException;
    }

    /** What a worker brings back, or what became of it. */
    private sealed interface Done extends Serializable {
        int worker();

        record Result(int worker, Serializable value) implements Done {}

        /** XGBoost's complaint about the configuration. */
        record Refused(int worker, String complaint) implements Done {}

        /** The work was lost before, in this stage. */
        record Lost(int worker, int stage) implements Done {}
    }

    /**
     * @param group under which Spark's user interface shows the job
     * @throws FailedTrialException if XGBoost refuses the configuration
     * @throws LostTrialException if the cluster lost a worker
     */
    @SuppressWarnings("unchecked") // The summary's result.
    <T extends Serializable, R extends Serializable> R run(
            String group, String description, Work<T> work, Summary<T, R> summary) throws InterruptedException {
        RabitTracker tracker = tracker();
        context.setJobGroup(group, description);
        JavaFutureAction<List<Done>> job = summarized(stage(new Worker<>(work, arguments(tracker))), summary)
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
            RabitTracker tracker = new RabitTracker(workers, "", 0, PATIENCE);
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

    private JavaRDD<Done> stage(Worker<?> worker) {
        List<Integer> seats = IntStream.range(0, workers).boxed().toList();
        RDD<Done> stage = context.parallelize(seats, workers).rdd().barrier().mapPartitions(worker, false, DONE);
        return JavaRDD.fromRDD(stage, DONE);
    }

    private static <T extends Serializable, R extends Serializable> JavaRDD<Done> summarized(
            JavaRDD<Done> stage, Summary<T, R> summary) {
        return stage.coalesce(1, true)
                .mapPartitions(all -> List.of(summarized(all, summary)).iterator());
    }

    @SuppressWarnings("unchecked") // A worker's results are what its work returns.
    private static <T extends Serializable, R extends Serializable> Done summarized(
            Iterator<Done> all, Summary<T, R> summary) throws IOException {
        List<Done> workers = new ArrayList<>();
        all.forEachRemaining(workers::add);
        workers.sort(Comparator.comparingInt(Done::worker));
        List<T> results = new ArrayList<>();
        for (Done done : workers) {
            if (!(done instanceof Done.Result result)) {
                return done;
            }
            results.add((T) result.value());
        }
        return new Done.Result(0, summary.of(results));
    }

    private Serializable result(Done done) throws InterruptedException {
        if (done instanceof Done.Refused refused) {
            throw new FailedTrialException(refused.complaint());
        }
        if (done instanceof Done.Lost lost) {
            throw losses.of(lost.stage());
        }
        return ((Done.Result) done).value();
    }

    /** A task of the barrier stage. */
    private static final class Worker<T extends Serializable>
            extends AbstractFunction1<scala.collection.Iterator<Integer>, scala.collection.Iterator<Done>>
            implements Serializable {
        private static final long serialVersionUID = 1;

        private final Work<T> work;
        private final HashMap<String, Object> arguments;

        Worker(Work<T> work, Map<String, Object> arguments) {
            this.work = work;
            this.arguments = new HashMap<>(arguments);
        }

        @Override
        public scala.collection.Iterator<Done> apply(scala.collection.Iterator<Integer> seats) {
            List<Integer> all = JavaConverters.seqAsJavaList(seats.toList());
            int workers = TaskContext.get().numPartitions();
            return JavaConverters.asScalaIterator(
                    Collections.singleton(done(new Share(all.get(0), workers))).iterator());
        }

        private Done done(Share share) {
            if (TaskContext.get().stageAttemptNumber() > 0) {
                return new Done.Lost(share.worker(), TaskContext.get().stageId());
            }
            try {
                return new Done.Result(share.worker(), connected(share));
            } catch (XGBoostError error) {
                return new Done.Refused(share.worker(), ExecutorTasks.complaint(error));
            } catch (IllegalArgumentException | ArithmeticException error) {
                return new Done.Refused(share.worker(), String.valueOf(error.getMessage()));
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }

        /** The library is loaded before: its first matrix would wait for one of each other worker. */
        private T connected(Share share) throws IOException, XGBoostError {
            NativeLibrary.obstacle();
            Map<String, Object> own = new HashMap<>(arguments);
            own.put("dmlc_task_id", String.valueOf(share.worker()));
            own.put("dmlc_timeout", PATIENCE);
            Communicator.init(own);
            boolean done = false;
            try {
                T result = work.run(share);
                Communicator.shutdown();
                done = true;
                return result;
            } finally {
                if (!done) {
                    leave();
                }
            }
        }

        /** A thread belongs to one world, and closes the connections on which the others wait when it begins another: one of its own. */
        private static void leave() throws XGBoostError {
            Communicator.init(Map.of());
        }
    }
}

package io.trainyard.tuning.placement;

import io.trainyard.tuning.matrix.NativeLibrary;
import io.trainyard.tuning.matrix.Share;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Communicator;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.TaskContext;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** A task of the barrier stage. */
final class WorkerTask<T extends Serializable>
        extends AbstractFunction1<scala.collection.Iterator<Integer>, scala.collection.Iterator<WorkerAnswer>>
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** Where in its source XGBoost tells what went wrong between workers. */
    private static final String COLLECTIVE = "collective/result.cc";

    /** Workers that never come, and a worker that falls silent, end the job after so many seconds. */
    static final int PATIENCE = 1_800;

    /** What a worker does with its share. */
    @FunctionalInterface
    interface Work<T extends Serializable> extends Serializable {
        T run(Share share) throws IOException, XGBoostError;
    }

    private final Work<T> work;
    private final HashMap<String, Object> arguments;

    WorkerTask(Work<T> work, Map<String, Object> arguments) {
        this.work = work;
        this.arguments = new HashMap<>(arguments);
    }

    @Override
    public scala.collection.Iterator<WorkerAnswer> apply(scala.collection.Iterator<Integer> seats) {
        List<Integer> all = JavaConverters.seqAsJavaList(seats.toList());
        int workers = TaskContext.get().numPartitions();
        return JavaConverters.asScalaIterator(
                Collections.singleton(done(new Share(all.get(0), workers))).iterator());
    }

    private WorkerAnswer done(Share share) {
        if (TaskContext.get().stageAttemptNumber() > 0) {
            return new WorkerAnswer.Lost(share.worker(), TaskContext.get().stageId());
        }
        try {
            return new WorkerAnswer.Result(share.worker(), connected(share));
        } catch (XGBoostError error) {
            return isOfOthers(error)
                    ? new WorkerAnswer.Left(share.worker(), ExecutorTasks.complaint(error))
                    : new WorkerAnswer.Refused(share.worker(), ExecutorTasks.complaint(error));
        } catch (IllegalArgumentException | ArithmeticException error) {
            return new WorkerAnswer.Refused(share.worker(), String.valueOf(error.getMessage()));
        } catch (IOException error) {
            if (error.getCause() instanceof XGBoostError cause && isOfOthers(cause)) {
                return new WorkerAnswer.Left(share.worker(), ExecutorTasks.complaint(cause));
            }
            throw new UncheckedIOException(error);
        }
    }

    /** What the collective complains of is that another worker left, and not why. */
    private static boolean isOfOthers(XGBoostError error) {
        return String.valueOf(error.getMessage()).contains(COLLECTIVE);
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

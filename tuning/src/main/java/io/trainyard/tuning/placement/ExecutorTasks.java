package io.trainyard.tuning.placement;

import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs work with XGBoost as single tasks on executors, and tells what the library refuses from what the cluster loses. */
final class ExecutorTasks implements AutoCloseable {
    private static final Pattern LOCATION = Pattern.compile("^\\[[0-9:]+] \\S+:\\d+: ");

    private final JavaSparkContext context;
    private final TaskLosses losses = new TaskLosses();

    ExecutorTasks(JavaSparkContext context) {
        this.context = context;
        context.sc().addSparkListener(losses);
    }

    /** Work of one task. What XGBoost refuses is told apart from what the cluster loses. */
    @FunctionalInterface
    interface Work<T> extends Serializable {
        T run() throws IOException, XGBoostError;
    }

    /** What a task brings back. */
    private sealed interface Answer<T> extends Serializable {
        record Result<T>(T value) implements Answer<T> {}

        /** XGBoost's complaint about the configuration. */
        record Refused<T>(String complaint) implements Answer<T> {}

        /** The work was lost before, in this stage. */
        record Lost<T>(int stage) implements Answer<T> {}
    }

    /**
     * @param group under which Spark's user interface shows the job
     * @param once whether work that was lost is the caller's to run again: Spark would do so at once, beside trials that may lose
     *     their executor by it
     */
    <T> T run(String group, String description, boolean once, Work<T> work) throws InterruptedException {
        context.setJobGroup(group, description);
        LogContext.carryTo(context.sc());
        JavaFutureAction<List<Answer<T>>> job = context.parallelize(List.of(1), 1)
                .map(ignored -> once && TaskContext.get().attemptNumber() > 0
                        ? new Answer.Lost<T>(TaskContext.get().stageId())
                        : answer(work))
                .collectAsync();
        try {
            Answer<T> answer = job.get().get(0);
            if (answer instanceof Answer.Lost<T> lost) {
                throw losses.of(lost.stage());
            }
            if (answer instanceof Answer.Refused<T> refused) {
                throw new FailedTrialException(refused.complaint());
            }
            return ((Answer.Result<T>) answer).value();
        } catch (InterruptedException interrupted) {
            job.cancel(true);
            throw interrupted;
        } catch (ExecutionException failure) {
            throw LostTrialException.ofTask(failure.getCause());
        } finally {
            context.clearJobGroup();
        }
    }

    private static <T> Answer<T> answer(Work<T> work) throws IOException {
        try {
            return new Answer.Result<>(work.run());
        } catch (XGBoostError error) {
            return new Answer.Refused<>(complaint(error));
        } catch (IllegalArgumentException | ArithmeticException error) {
            return new Answer.Refused<>(String.valueOf(error.getMessage()));
        }
    }

    /** XGBoost's own sentences, without the time and the place in its source before them and the native stack behind. */
    static String complaint(XGBoostError error) {
        String text = String.valueOf(error.getMessage());
        int stack = text.indexOf("Stack trace:");
        return LOCATION.matcher(stack < 0 ? text : text.substring(0, stack))
                .replaceFirst("")
                .strip();
    }

    /** One more task than slots would wait; as many as there are slots spread over all executors, if no other job runs. */
    void onEverySlot(SlotPlan slots, String description, SlotWork work) {
        context.sc().setJobDescription(description);
        try {
            context.parallelize(Collections.nCopies(slots.slots(), 1), slots.slots())
                    .foreachPartition(ignored -> work.run());
        } finally {
            context.sc().setJobDescription(null);
        }
    }

    @FunctionalInterface
    interface SlotWork extends Serializable {
        void run() throws IOException;
    }

    @Override
    public void close() {
        context.sc().removeSparkListener(losses);
    }
}

package io.trainyard.tuning.placement;

import io.trainyard.tuning.placement.LostTrialException.Suspect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Why tasks were lost, by their stage, as Spark's scheduler sees it. */
final class TaskLosses extends SparkListener {

    /** The application's other tasks fail too, and nobody asks about them. */
    private static final int MOST_KEPT = 1000;

    /** Spark drops events when it has too many, and then a reason never comes. */
    private static final int SECONDS_FOR_A_REASON = 10;

    private record Loss(Suspect suspect, String reason) {}

    private final Map<Integer, CompletableFuture<Loss>> losses = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, CompletableFuture<Loss>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.reason() instanceof TaskFailedReason failure) {
            loss(end.stageId()).complete(new Loss(suspect(failure), firstLine(failure)));
        }
    }

    /** Why the first task of a stage that failed did. */
    LostTrialException of(int stage) throws InterruptedException {
        try {
            Loss loss = loss(stage).get(SECONDS_FOR_A_REASON, TimeUnit.SECONDS);
            return new LostTrialException(loss.suspect(), loss.reason(), null);
        } catch (TimeoutException | ExecutionException unknown) {
            return new LostTrialException(Suspect.TASK, "for a reason that Spark did not tell", unknown);
        }
    }

    private synchronized CompletableFuture<Loss> loss(int stage) {
        return losses.computeIfAbsent(stage, absent -> new CompletableFuture<>());
    }

    private static Suspect suspect(TaskFailedReason failure) {
        if (!failure.countTowardsTaskFailures()) {
            return Suspect.NOBODY;
        }
        return failure instanceof ExecutorLostFailure ? Suspect.TRIAL : Suspect.TASK;
    }

    /** Spark appends the stacks of driver and executor to its messages. */
    private static String firstLine(TaskFailedReason failure) {
        return failure.toErrorString().lines().findFirst().orElse("no reason given");
    }
}

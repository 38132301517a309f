package io.trainyard.jobs.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;

/** Work on Spark that is stopped after a while. */
record LimitedRun(SparkContext context, Duration limit) {

    /** How it ended. */
    sealed interface Outcome {
        record Done(double seconds) implements Outcome {}

        record TooLong() implements Outcome {}

        record Failed(String message) implements Outcome {}
    }

    Outcome run(String name, Runnable work) throws InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Double> seconds = thread.submit(() -> {
                context.setJobGroup(name, name, true);
                Stopwatch stopwatch = new Stopwatch();
                work.run();
                return stopwatch.seconds();
            });
            return new Outcome.Done(seconds.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException tooLong) {
            context.cancelJobGroup(name);
            thread.shutdown();
            if (!thread.awaitTermination(1, TimeUnit.MINUTES) || !slotsBecomeFree(Duration.ofMinutes(2))) {
                throw new IllegalStateException(
                        "Cannot stop '%s': what comes after it would not be measured alone".formatted(name), tooLong);
            }
            return new Outcome.TooLong();
        } catch (ExecutionException failed) {
            return new Outcome.Failed(String.valueOf(failed.getCause().getMessage())
                    .lines()
                    .findFirst()
                    .orElse(""));
        } finally {
            thread.shutdownNow();
        }
    }

    /** Tasks outlive the job that was cancelled, until they look whether they were interrupted. */
    private boolean slotsBecomeFree(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (running() > 0) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return true;
    }

    private int running() {
        return Arrays.stream(context.statusTracker().getExecutorInfos())
                .mapToInt(SparkExecutorInfo::numRunningTasks)
                .sum();
    }
}

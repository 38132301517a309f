package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows a running search at an MLflow server, without the search ever waiting for the server or hearing of its errors. A
 * thread of its own sends what it is given, in batches. While the server is down, updates wait in a bounded queue; what
 * does not fit any more is counted as not sent, as is what the server refuses. Trouble costs one warning.
 *
 * <p>A study that is resumed, and an update that is sent twice, are there once.
 */
public final class MlflowTracking {
    private static final System.Logger LOG = System.getLogger(MlflowTracking.class.getName());
    private static final int QUEUE = 10_000;
    private static final int BATCH = 1000;
    private static final long LOOK_MILLISECONDS = 50;
    private static final long LAST_WORDS_MILLISECONDS = 1000;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);

    private final BlockingQueue<TrialUpdate> queue;
    private final TrackedStudy study;
    private final MlflowClient client;
    private final StudyRuns runs;
    private final Thread thread;
    private final AtomicLong given = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean isWarned = new AtomicBoolean();
    private volatile Optional<Runnable> last = Optional.empty();
    private volatile boolean isAbandoned;

    private MlflowTracking(MlflowClient client, String experiment, TrackedStudy study, int capacity) {
        this.client = client;
        this.study = study;
        queue = new ArrayBlockingQueue<>(capacity);
        runs = new StudyRuns(client, experiment, study);
        thread = new Thread(this::sendAll, "study " + study.name() + " to MLflow");
        thread.setDaemon(true);
    }

    /** Begins to show {@code study}; the server need not be up. */
    public static MlflowTracking start(MlflowClient client, String experiment, TrackedStudy study) {
        return start(client, experiment, study, QUEUE);
    }

    /** As above, with {@code capacity} updates that may wait. */
    public static MlflowTracking start(MlflowClient client, String experiment, TrackedStudy study, int capacity) {
        MlflowTracking tracking = new MlflowTracking(client, experiment, study, capacity);
        tracking.thread.start();
        return tracking;
    }

    /** Takes an update from any thread, and returns at once, whatever the server does. */
    public void send(TrialUpdate update) {
        given.incrementAndGet();
        if (last.isPresent() || !queue.offer(update)) {
            warn("its queue is full, or the study is over already");
        }
    }

    /**
     * Sends what is left and what became of the study. To be called once, after the last update.
     *
     * @param patience how long this may take at most
     * @return how much has arrived, the end of the study counted as one
     */
    public TrackingOutcome finish(RunStatus status, Instant at, Duration patience) {
        given.incrementAndGet();
        last = Optional.of(() -> runs.end(status, at));
        try {
            thread.join(Math.max(1, patience.toMillis()));
            isAbandoned = true;
            thread.interrupt();
            thread.join(LAST_WORDS_MILLISECONDS);
        } catch (InterruptedException e) {
            isAbandoned = true;
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        return new TrackingOutcome(sent.get(), given.get() - sent.get());
    }

    private void sendAll() {
        while (!isAbandoned) {
            // In this order: what was given before the last word is in the queue by then.
            Optional<Runnable> end = last;
            Map<Integer, List<TrialUpdate>> trials = next();
            trials.forEach((trial, updates) -> deliver(updates.size(), () -> runs.send(trial, updates)));
            if (trials.isEmpty() && end.isPresent()) {
                deliver(1, end.get());
                return;
            }
        }
    }

    /** What waits in the queue, by trial; empty when nothing comes for a moment. */
    private Map<Integer, List<TrialUpdate>> next() {
        List<TrialUpdate> batch = new ArrayList<>();
        try {
            TrialUpdate first = queue.poll(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
            }
        } catch (InterruptedException e) {
            isAbandoned = true;
        }
        Map<Integer, List<TrialUpdate>> trials = new LinkedHashMap<>();
        batch.forEach(update -> trials.computeIfAbsent(update.trial(), trial -> new ArrayList<>())
                .add(update));
        return trials;
    }

    /** Tries until it succeeds, is refused, or nobody waits for it any more. */
    private void deliver(int updates, Runnable delivery) {
        while (!isAbandoned) {
            try {
                delivery.run();
                sent.addAndGet(updates);
                return;
            } catch (UncheckedIOException e) {
                warn(e.getMessage());
                pause();
            } catch (RegistryException e) {
                warn(e.getMessage());
                return;
            }
        }
    }

    private void pause() {
        try {
            if (!isAbandoned) {
                client.pause(BETWEEN_TRIES);
            }
        } catch (UncheckedIOException e) {
            isAbandoned = true;
        }
    }

    private void warn(String problem) {
        if (isWarned.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Cannot show all of study ''{0}'' at MLflow, and the search goes on without that: {1}",
                    study.name(),
                    problem);
        }
    }
}

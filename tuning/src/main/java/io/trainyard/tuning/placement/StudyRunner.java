package io.trainyard.tuning.placement;

import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.placement.LostTrialException.Suspect;
import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.StudyException;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the slots busy from first ask to last tell: as many threads as trials may run at once, each asking for a trial, running it
 * where its learner is placed step by step as long as the study lets it go on, and telling how it ended.
 */
public final class StudyRunner {
    /** A trial that was lost so often, not by the cluster alone, is run with no other beside it; and is not run again after that. */
    private static final int LOSSES_OF_A_SUSPECT = 2;

    /** So many failures and no success end a study. */
    private static final int HOPELESS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(StudyRunner.class);

    private final String name;
    private final Study study;
    private final Map<String, Placement> placements;
    private final Clock clock;

    /** Trials share it, and a suspect has it for itself; fair, so that they do not keep it waiting. */
    private final ReadWriteLock cluster = new ReentrantReadWriteLock(true);

    /**
     * @param name of the study, for Spark's user interface
     * @param placements where the trials of each learner run, by the learner's name
     */
    public StudyRunner(String name, Study study, Map<String, Placement> placements, Clock clock) {
        this.name = name;
        this.study = study;
        this.placements = Map.copyOf(placements);
        this.clock = clock;
    }

    /**
     * Runs the study to its end.
     *
     * @throws InterruptedException if interrupted; the journal then knows what was told, and the study can be resumed
     * @throws IOException if what was kept of ended trials cannot be deleted
     * @throws StudyException if the first trials all fail, so that the rest would as well
     */
    public void run(int parallelism) throws InterruptedException, IOException {
        Map<String, String> labels = new TreeMap<>(LogContext.labels());
        labels.put("study", name);
        ExecutorService threads = Executors.newFixedThreadPool(parallelism);
        try {
            CompletionService<Void> workers = new ExecutorCompletionService<>(threads);
            for (int worker = 0; worker < parallelism; worker++) {
                workers.submit(() -> work(labels));
            }
            for (int worker = 0; worker < parallelism; worker++) {
                workers.take().get();
            }
            if (study.finished()) {
                for (Placement placement : placements.values()) {
                    placement.forget(name);
                }
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof StudyException hopeless) {
                throw hopeless;
            }
            throw new IllegalStateException(
                    "Study %s stopped: %s".formatted(name, failure.getCause().getMessage()), failure.getCause());
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private Void work(Map<String, String> labels) throws InterruptedException, IOException {
        LogContext lines = LogContext.open(labels);
        try {
            Optional<Trial> next = study.next();
            while (next.isPresent()) {
                next = work(next.get());
            }
        } finally {
            lines.close();
        }
        return null;
    }

    /** Runs a trial, and returns the next one. */
    private Optional<Trial> work(Trial trial) throws InterruptedException, IOException {
        Optional<Outcome> outcome = labelled(trial);
        if (outcome.isEmpty()) {
            return study.next();
        }
        placement(trial).forget(name, trial.number());
        Optional<Trial> next = study.tellAndNext(trial.number(), outcome.get());
        if (outcome.get() instanceof Outcome.Failed failed) {
            requireHope(failed);
        }
        return next;
    }

    private Optional<Outcome> labelled(Trial trial) throws InterruptedException, IOException {
        LogContext lines = LogContext.open(Map.of("trial", String.valueOf(trial.number())));
        try {
            LOG.info("trial {} goes on from step {}: {}", trial.number(), trial.step(), trial.params());
            Optional<Outcome> outcome = outcome(trial);
            LOG.info(
                    "trial {}: {}",
                    trial.number(),
                    outcome.map(Outcome::toString).orElse("waits or was stopped"));
            return outcome;
        } finally {
            lines.close();
        }
    }

    /** A wrong setting makes every trial fail, and hours of failing tell no more than a few. */
    private void requireHope(Outcome.Failed last) {
        List<Trial> finished = study.history().finished();
        boolean hopeless = finished.size() >= HOPELESS
                && finished.stream().allMatch(trial -> trial.outcome().orElseThrow() instanceof Outcome.Failed);
        if (hopeless) {
            throw new StudyException("Study %s stopped: its first %d trials all failed, the last with: %s"
                    .formatted(name, finished.size(), last.reason()));
        }
    }

    /** How the trial ended; empty where the study stopped it on its way, or lets it wait. */
    private Optional<Outcome> outcome(Trial trial) throws InterruptedException, IOException {
        Instant started = clock.instant();
        int before = study.complete();
        Trial now = trial;
        int losses = 0;
        while (true) {
            try {
                int step = study.nextStep(now.number());
                Placement.Progress progress = advance(now, step, losses >= LOSSES_OF_A_SUSPECT);
                if (progress.ended()) {
                    return Optional.of(complete(progress.judged(), started));
                }
                double value = progress.judged().value();
                Decision decision = study.report(now.number(), step, value);
                if (decision == Decision.STOP) {
                    placement(now).forget(name, now.number());
                }
                if (decision != Decision.GO_ON) {
                    return Optional.empty();
                }
                now = now.reporting(step, value);
            } catch (FailedTrialException failure) {
                return Optional.of(new Outcome.Failed(failure.getMessage()));
            } catch (LostTrialException loss) {
                losses += loss.suspect() == Suspect.NOBODY ? 0 : 1;
                if (losses > LOSSES_OF_A_SUSPECT) {
                    return Optional.of(verdict(now, loss, before, losses));
                }
            }
        }
    }

    /** On a trial that was lost again though it ran alone. */
    private Outcome verdict(Trial trial, LostTrialException loss, int completeBefore, int losses) {
        boolean othersCameThrough = study.complete() > completeBefore;
        if (othersCameThrough || (loss.suspect() == Suspect.TRIAL && clusterWorks(trial, loss))) {
            return new Outcome.Failed(
                    "lost %d times, at last with no other trial beside it: %s".formatted(losses, loss.getMessage()));
        }
        study.tell(trial.number(), new Outcome.Lost(loss.getMessage()));
        throw new IllegalStateException(
                "the cluster lost trial %d %d times and finished no other; run again to resume, last: %s"
                        .formatted(trial.number(), losses, loss.getMessage()),
                loss);
    }

    private boolean clusterWorks(Trial trial, LostTrialException loss) {
        try {
            placement(trial).load();
            return true;
        } catch (Exception broken) { // Spark's own are checked, and not declared.
            loss.addSuppressed(broken);
            return false;
        }
    }

    private Placement.Progress advance(Trial trial, int step, boolean alone) throws InterruptedException {
        String description = trial.step() == 0
                ? "study %s · trial %d".formatted(name, trial.number())
                : "study %s · trial %d from step %d".formatted(name, trial.number(), trial.step());
        List<Integer> passed = List.copyOf(trial.reports().keySet());
        TrialStretch stretch = new TrialStretch(name, trial.number(), LearnerSpace.own(trial.params()), passed, step);
        Lock share = alone ? cluster.writeLock() : cluster.readLock();
        share.lockInterruptibly();
        try {
            return placement(trial).advance(description, stretch);
        } finally {
            share.unlock();
        }
    }

    private Placement placement(Trial trial) {
        return placements.get(LearnerSpace.learner(trial.params()).name());
    }

    private Outcome complete(Boosting.Judged judged, Instant started) {
        SortedMap<String, Double> measures = new TreeMap<>();
        measures.put("seconds", Duration.between(started, clock.instant()).toMillis() / 1000.0);
        if (judged.rounds() > 0) {
            measures.put("rounds", (double) judged.rounds());
        }
        return new Outcome.Complete(judged.values(), measures);
    }
}

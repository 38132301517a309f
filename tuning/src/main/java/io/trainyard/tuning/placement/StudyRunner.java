package io.trainyard.tuning.placement;

import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.LearnerSpace;
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

/**
 * Keeps the slots busy from first ask to last tell: as many threads as trials may run at once, each asking for a trial, running it
 * where its learner is placed step by step as long as the study lets it go on, and telling how it ended.
 */
public final class StudyRunner {
    /** A trial that the cluster lost so often is not run again. */
    private static final int MAX_LOSSES = 3;

    /** So many failures and no success end a study. */
    private static final int HOPELESS = 5;

    private final String name;
    private final Study study;
    private final Map<String, Placement> placements;
    private final Clock clock;

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
        ExecutorService threads = Executors.newFixedThreadPool(parallelism);
        try {
            CompletionService<Void> workers = new ExecutorCompletionService<>(threads);
            for (int worker = 0; worker < parallelism; worker++) {
                workers.submit(this::work);
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

    private Void work() throws InterruptedException, IOException {
        Optional<Trial> next = study.next();
        while (next.isPresent()) {
            Trial trial = next.get();
            Optional<Outcome> outcome = outcome(trial);
            if (outcome.isEmpty()) {
                next = study.next();
                continue;
            }
            placement(trial).forget(name, trial.number());
            next = study.tellAndNext(trial.number(), outcome.get());
            if (outcome.get() instanceof Outcome.Failed failed) {
                requireHope(failed);
            }
        }
        return null;
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
        int before = study.history().complete().size();
        Trial now = trial;
        for (int losses = 0; ; ) {
            try {
                int step = study.nextStep(now.number());
                Placement.Progress progress = advance(now, step);
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
                if (++losses == MAX_LOSSES) {
                    return Optional.of(
                            afterLosses(now, loss, study.history().complete().size() > before));
                }
            }
        }
    }

    /** Where other trials came through meanwhile the configuration is to blame; where none did, the cluster. */
    private Outcome afterLosses(Trial trial, LostTrialException loss, boolean othersCameThrough) {
        if (othersCameThrough) {
            return new Outcome.Failed("lost " + MAX_LOSSES + " times, last: " + loss.getMessage());
        }
        study.tell(trial.number(), new Outcome.Lost(loss.getMessage()));
        throw new IllegalStateException(
                "the cluster lost trial %d %d times and finished no other; run again to resume, last: %s"
                        .formatted(trial.number(), MAX_LOSSES, loss.getMessage()),
                loss);
    }

    private Placement.Progress advance(Trial trial, int step) throws InterruptedException {
        String description = trial.step() == 0
                ? "study %s · trial %d".formatted(name, trial.number())
                : "study %s · trial %d from step %d".formatted(name, trial.number(), trial.step());
        List<Integer> passed = List.copyOf(trial.reports().keySet());
        return placement(trial)
                .advance(
                        description,
                        new TrialStretch(name, trial.number(), LearnerSpace.own(trial.params()), passed, step));
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

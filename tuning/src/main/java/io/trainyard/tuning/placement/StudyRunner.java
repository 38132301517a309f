package io.trainyard.tuning.placement;

import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.Trial;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Keeps the slots busy from first ask to last tell: as many threads as trials may run at once, each asking for a trial, running it
 * where its learner is placed, and telling how it ended.
 */
public final class StudyRunner {
    /** A trial that the cluster lost so often is not run again. */
    private static final int MAX_LOSSES = 3;

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
     */
    public void run(int parallelism) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(parallelism);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < parallelism; worker++) {
                running.add(workers.submit(() -> {
                    work();
                    return null;
                }));
            }
            for (Future<?> worker : running) {
                worker.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException(
                    "Study stopped: " + failure.getCause().getMessage(), failure.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private void work() throws InterruptedException {
        Optional<Trial> next = study.next();
        while (next.isPresent()) {
            Trial trial = next.get();
            next = study.tellAndNext(trial.number(), outcome(trial));
        }
    }

    private Outcome outcome(Trial trial) throws InterruptedException {
        Instant started = clock.instant();
        for (int attempt = 1; ; attempt++) {
            try {
                return complete(trial, started);
            } catch (FailedTrialException failure) {
                return new Outcome.Failed(failure.getMessage());
            } catch (LostTrialException loss) {
                if (attempt == MAX_LOSSES) {
                    return new Outcome.Failed("lost " + MAX_LOSSES + " times, last: " + loss.getMessage());
                }
            }
        }
    }

    private Outcome complete(Trial trial, Instant started) throws InterruptedException {
        Learner learner = LearnerSpace.learner(trial.params());
        Params own = LearnerSpace.own(trial.params());
        String description = "study %s · trial %d".formatted(name, trial.number());
        Boosting.Judged judged = placements.get(learner.name()).search(description, own);
        SortedMap<String, Double> measures = new TreeMap<>();
        measures.put("seconds", Duration.between(started, clock.instant()).toMillis() / 1000.0);
        if (judged.rounds() > 0) {
            measures.put("rounds", (double) judged.rounds());
        }
        return new Outcome.Complete(judged.value(), measures);
    }
}

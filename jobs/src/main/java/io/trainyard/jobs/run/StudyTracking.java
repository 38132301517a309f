package io.trainyard.jobs.run;

import io.trainyard.jobs.config.RegistryName;
import io.trainyard.registry.mlflow.MlflowTracking;
import io.trainyard.registry.mlflow.RunStatus;
import io.trainyard.registry.mlflow.TrackedStudy;
import io.trainyard.registry.mlflow.TrackingOutcome;
import io.trainyard.registry.mlflow.TrialUpdate;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Trial;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Shows a study at MLflow, where the pipeline's models are there: a run with one below it for each trial. The search does not wait for it. */
final class StudyTracking implements AutoCloseable {
    /** How long the job waits in the end for what is not sent yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long is waited where there is nothing else to do. */
    private static final Duration ALL_THE_PATIENCE = Duration.ofMinutes(30);

    private final Consumer<String> say;
    private final Clock clock;
    private final StudyFile file;
    private final Optional<MlflowTracking> tracking;
    private RunStatus status = RunStatus.FAILED;

    private StudyTracking(Consumer<String> say, Clock clock, StudyFile file, Optional<MlflowTracking> tracking) {
        this.say = say;
        this.clock = clock;
        this.file = file;
        this.tracking = tracking;
    }

    /** @param history what a study that is resumed has found before: sent again, it is there once */
    static StudyTracking during(JobContext context, StudyFile file, History history) {
        Optional<MlflowTracking> tracking = context.pipeline().register().registry() == RegistryName.MLFLOW
                ? Optional.of(
                        Mlflow.of(context.environment(), context.clock()).track(study(file, history, context.clock())))
                : Optional.empty();
        StudyTracking begun = new StudyTracking(context.console()::say, context.clock(), file, tracking);
        history.finished().forEach(begun::told);
        return begun;
    }

    /** Sends what a study has found, all of it: what is there already stays as it is. */
    static TrackingOutcome again(Mlflow mlflow, Catalog.StudyView study) {
        List<Trial> finished = study.history().finished();
        MlflowTracking all = mlflow.track(
                study(study.file(), study.history(), mlflow.clock()),
                1 + finished.stream().mapToInt(StudyTracking::updates).sum());
        StudyTracking again = new StudyTracking(told -> {}, mlflow.clock(), study.file(), Optional.of(all));
        finished.forEach(again::told);
        RunStatus status = study.history().pending().isEmpty() ? RunStatus.FINISHED : RunStatus.RUNNING;
        Instant last = finished.stream()
                .flatMap(trial -> trial.told().stream())
                .max(Instant::compareTo)
                .orElseGet(mlflow.clock()::instant);
        return all.finish(status, last, ALL_THE_PATIENCE);
    }

    /** What is set here must be the same whenever the study goes on: a run's parameters never change. */
    private static TrackedStudy study(StudyFile file, History history, Clock clock) {
        Instant started = history.finished().stream()
                .map(Trial::asked)
                .min(Instant::compareTo)
                .orElseGet(clock::instant);
        Map<String, String> params = new TreeMap<>(Map.of("metric", file.metric()));
        file.recipe().ifPresent(recipe -> {
            params.put("sampler", recipe.sampler());
            params.put("pruner", recipe.pruner());
            params.put("seed", String.valueOf(recipe.definition().problem().seed()));
        });
        return new TrackedStudy(
                file.name(),
                file.name(),
                started,
                params,
                Map.of(
                        "trainyard.pipeline", file.pipeline(),
                        "trainyard.training_set", file.trainingSet()));
    }

    /** A trial that has ended. */
    void told(Trial trial) {
        tracking.ifPresent(sent -> send(sent, trial));
    }

    private void send(MlflowTracking sent, Trial trial) {
        Map<String, String> params = new TreeMap<>();
        trial.params().values().forEach((name, value) -> params.put(name, value.toString()));
        sent.send(new TrialUpdate.Started(trial.number(), trial.asked(), params));
        Instant end = trial.told().orElseThrow();
        trial.reports()
                .forEach((step, value) ->
                        sent.send(new TrialUpdate.Measured(trial.number(), end, file.metric(), value, step)));
        Outcome outcome = trial.outcome().orElseThrow();
        if (outcome instanceof Outcome.Complete complete) {
            for (int i = 0; i < complete.values().size(); i++) {
                measured(
                        sent,
                        trial,
                        file.objectives().get(i).metric(),
                        complete.values().get(i));
            }
            complete.measures().forEach((name, value) -> measured(sent, trial, name, value));
        }
        RunStatus ended = outcome instanceof Outcome.Failed ? RunStatus.FAILED : RunStatus.FINISHED;
        sent.send(new TrialUpdate.Ended(trial.number(), end, ended, word(outcome)));
    }

    /** How many {@link #send} makes of a trial at most. */
    private static int updates(Trial trial) {
        int measures = trial.outcome().orElseThrow() instanceof Outcome.Complete complete
                ? complete.values().size() + complete.measures().size()
                : 0;
        return 2 + trial.reports().size() + measures;
    }

    private static void measured(MlflowTracking sent, Trial trial, String metric, double value) {
        sent.send(new TrialUpdate.Measured(trial.number(), trial.told().orElseThrow(), metric, value, trial.step()));
    }

    private static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return "failed: " + failed.reason();
        }
        return outcome instanceof Outcome.Pruned ? "pruned" : "complete";
    }

    /** The search came to its end; without this word it is told as failed. */
    void finished() {
        status = RunStatus.FINISHED;
    }

    @Override
    public void close() {
        tracking.ifPresent(sent -> {
            TrackingOutcome outcome = sent.finish(status, clock.instant(), PATIENCE);
            say.accept(outcome.text());
        });
    }
}

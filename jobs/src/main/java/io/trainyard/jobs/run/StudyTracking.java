package io.trainyard.jobs.run;

import io.trainyard.jobs.config.RegistryName;
import io.trainyard.registry.mlflow.MlflowTracking;
import io.trainyard.registry.mlflow.RunStatus;
import io.trainyard.registry.mlflow.TrackedStudy;
import io.trainyard.registry.mlflow.TrackingOutcome;
import io.trainyard.registry.mlflow.TrialUpdate;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Shows a study at MLflow, where the pipeline's models are there: a run with one below it for each trial. The search does not wait for it. */
final class StudyTracking implements AutoCloseable {
    /** How long the job waits in the end for what is not sent yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JobContext context;
    private final TrialSettings settings;
    private final Optional<MlflowTracking> tracking;
    private RunStatus status = RunStatus.FAILED;

    /** @param history what a study that is resumed has found before: sent again, it is there once */
    StudyTracking(JobContext context, Learning learning, String name, String fingerprint, History history) {
        this.context = context;
        this.settings = learning.settings();
        this.tracking = context.pipeline().register().registry() == RegistryName.MLFLOW
                ? Optional.of(Mlflow.of(context.environment(), context.clock())
                        .track(study(context, learning, name, fingerprint, history)))
                : Optional.empty();
        history.finished().forEach(this::told);
    }

    private static TrackedStudy study(
            JobContext context, Learning learning, String name, String fingerprint, History history) {
        Instant started = history.finished().stream()
                .map(Trial::asked)
                .min(Instant::compareTo)
                .orElseGet(context.clock()::instant);
        return new TrackedStudy(
                name,
                fingerprint,
                started,
                Map.of(
                        "metric", learning.settings().metric().toString(),
                        "trials", String.valueOf(context.pipeline().search().trials()),
                        "seed", String.valueOf(context.pipeline().search().seed())),
                Map.of(
                        "trainyard.pipeline", context.pipeline().name(),
                        "trainyard.training_set", learning.set().fingerprint(),
                        "trainyard.as_of", context.asOf().toString()));
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
                .forEach((step, value) -> sent.send(new TrialUpdate.Measured(
                        trial.number(), end, settings.metric().toString(), value, step)));
        Outcome outcome = trial.outcome().orElseThrow();
        if (outcome instanceof Outcome.Complete complete) {
            for (int i = 0; i < complete.values().size(); i++) {
                measured(
                        sent,
                        trial,
                        settings.metrics().get(i).toString(),
                        complete.values().get(i));
            }
            complete.measures().forEach((name, value) -> measured(sent, trial, name, value));
        }
        RunStatus ended = outcome instanceof Outcome.Failed ? RunStatus.FAILED : RunStatus.FINISHED;
        sent.send(new TrialUpdate.Ended(trial.number(), end, ended, word(outcome)));
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
            TrackingOutcome outcome = sent.finish(status, context.clock().instant(), PATIENCE);
            context.console().say(outcome.text());
        });
    }
}

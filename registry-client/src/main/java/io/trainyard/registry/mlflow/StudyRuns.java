package io.trainyard.registry.mlflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The runs of one study. Whatever is sent twice is there once. Used by one thread. */
final class StudyRuns {
    private static final String PARENT = "mlflow.parentRunId";
    private static final String STUDY = "trainyard.study";
    private static final String TRIAL = "trainyard.trial";
    private static final String OUTCOME = "trainyard.outcome";

    private final MlflowClient client;
    private final String experimentName;
    private final TrackedStudy study;
    private final Map<Integer, String> trials = new HashMap<>();
    private Optional<Experiment> experiment = Optional.empty();
    private Optional<String> parent = Optional.empty();

    StudyRuns(MlflowClient client, String experimentName, TrackedStudy study) {
        this.client = client;
        this.experimentName = experimentName;
        this.study = study;
    }

    /** Sends what happened to one trial, in its order. */
    void send(int trial, List<TrialUpdate> updates) {
        Map<String, String> params = new TreeMap<>();
        Map<String, String> tags = new TreeMap<>();
        List<Metric> metrics = new ArrayList<>();
        Optional<TrialUpdate.Ended> end = Optional.empty();
        for (TrialUpdate update : updates) {
            if (update instanceof TrialUpdate.Started started) {
                params.putAll(started.params());
            } else if (update instanceof TrialUpdate.Measured measured) {
                metrics.add(new Metric(measured.metric(), measured.value(), measured.at(), measured.step()));
            } else if (update instanceof TrialUpdate.Ended ended) {
                tags.put(OUTCOME, ended.outcome());
                end = Optional.of(ended);
            }
        }
        String run = trial(trial, updates.get(0).at());
        client.runs().log(run, metrics, params, tags);
        end.ifPresent(ended -> client.runs().end(run, ended.status(), ended.at()));
    }

    /** Says what became of the study. */
    void end(RunStatus status, Instant at) {
        client.runs().end(parent(), status, at);
    }

    private String trial(int number, Instant start) {
        String known = trials.get(number);
        if (known != null) {
            return known;
        }
        Map<String, String> tags = Map.of(PARENT, parent(), STUDY, study.name(), TRIAL, String.valueOf(number));
        String identity = "trial\n%s\n%d".formatted(study.identity(), number);
        Run run = client.runs().ensure(experiment(), identity, "trial " + number, start, tags);
        trials.put(number, run.id());
        return run.id();
    }

    private String parent() {
        if (parent.isEmpty()) {
            Map<String, String> tags = new TreeMap<>(study.tags());
            tags.put(STUDY, study.name());
            String identity = "study\n" + study.identity();
            Run run = client.runs().ensure(experiment(), identity, study.name(), study.started(), tags);
            client.runs().log(run.id(), List.of(), study.params(), Map.of());
            parent = Optional.of(run.id());
        }
        return parent.get();
    }

    private Experiment experiment() {
        if (experiment.isEmpty()) {
            experiment = Optional.of(client.experiments().named(experimentName));
        }
        return experiment.get();
    }
}

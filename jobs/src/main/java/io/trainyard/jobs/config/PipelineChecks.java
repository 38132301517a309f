package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Findings;
import io.trainyard.jobs.config.binding.NearestName;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to fit across the sections of a file. Works on whatever could be read, so that a broken section does not hide what
 * is wrong between the others.
 */
final class PipelineChecks {
    private static final List<String> SOURCE_KEYS =
            List.of("training.rows", "training.test_rows", "score.rows", "monitor.rows");

    /** Folders of a warehouse beside the tables of predictions. */
    private static final Set<String> OWN_FOLDERS = Set.of(
            "features", "materialized", "quarantine", "training", "matrices", "studies", "registry", "monitoring");

    private final Findings findings;

    private PipelineChecks(Findings findings) {
        this.findings = findings;
    }

    /** Adds what does not fit to the findings. */
    static void run(Findings findings) {
        PipelineChecks checks = new PipelineChecks(findings);
        checks.rowsComeFromKnownSources();
        checks.splitByTimeHasEventTimes();
        checks.prunerFitsTheFolds();
        checks.searchFitsTheTask();
        checks.gatesFitTheTask();
        checks.predictionsHaveATableOfTheirOwn();
        checks.deployedCommandHasItsSection();
        checks.retrainingLooksAtTheModel();
        checks.watchedRowsHaveEventTimes();
        checks.sourcesWithAnAgeHaveEventTimes();
        new ViewChecks(findings).run();
        new TrainingChecks(findings).run();
        new ParameterChecks(findings).run();
        new ParameterChecks(findings).runOnWhole();
    }

    private void rowsComeFromKnownSources() {
        Set<String> sources = findings.keys("sources");
        for (String key : SOURCE_KEYS) {
            findings.value(key, String.class)
                    .filter(rows -> !sources.contains(rows))
                    .ifPresent(rows -> findings.problem(
                            key, "source '" + rows + "' is not declared" + NearestName.hint(rows, sources)));
        }
        Optional<String> rows = findings.value("training.rows", String.class);
        Optional<String> testRows = findings.value("training.test_rows", String.class);
        if (rows.isPresent() && rows.equals(testRows)) {
            findings.problem(
                    "training.test_rows",
                    "names the same source as 'rows': a model cannot be judged on what it learned from");
        }
    }

    private void splitByTimeHasEventTimes() {
        boolean byTime = findings.value("training.split.by", String.class)
                .filter("time"::equals)
                .isPresent();
        findings.value("training.rows", String.class)
                .filter(rows -> byTime)
                .flatMap(rows -> findings.value("sources." + rows, SourceConfig.class)
                        .filter(source -> source.eventTime().isEmpty())
                        .map(source -> rows))
                .ifPresent(rows -> findings.problem(
                        "training.split.by",
                        "a split by time needs to know when a row happened: add 'event_time' to source '" + rows
                                + "'"));
    }

    private void prunerFitsTheFolds() {
        Optional<SplitConfig> split = findings.value("training.split", SplitConfig.class);
        Optional<PrunerName> pruner =
                findings.value("search.pruner", PrunerName.class).filter(name -> name != PrunerName.NONE);
        if (split.isEmpty() || pruner.isEmpty()) {
            return;
        }
        boolean folds = split.get().numberOfFolds() > 1;
        if (folds && !pruner.get().betweenFolds()) {
            findings.problem(
                    "search.pruner",
                    "'%s' ends trials between rounds, and this split divides them into folds: use 'forgiving' or 'wilcoxon'"
                            .formatted(pruner.get()));
        }
        if (!folds && pruner.get().betweenFolds()) {
            findings.problem(
                    "search.pruner",
                    "'%s' ends trials between folds, and this split has none: add 'folds' to training.split, or use 'median', 'asha' or 'hyperband'"
                            .formatted(pruner.get()));
        }
    }

    private void searchFitsTheTask() {
        Optional<Metric> metric = findings.value("search.metric", Metric.class);
        metric.ifPresent(named -> metricFits("search.metric", named));
        List<Metric> metrics = findings.list("search.metrics", Metric.class);
        for (int i = 0; i < metrics.size(); i++) {
            metricFits("search.metrics[" + i + "]", metrics.get(i));
        }
        for (LearnerName learner : findings.list("search.learners", LearnerName.class)) {
            if (!learner.takesWeights()
                    && findings.value("training.weight", String.class).isPresent()) {
                findings.problem(
                        "search.learners", "'%s' takes no weights: remove it, or training.weight".formatted(learner));
            }
            Set<Task> learned = tasks().stream().filter(learner::fits).collect(Collectors.toSet());
            if (learned.isEmpty()) {
                findings.problem(
                        "search.learners", "'%s' cannot learn the task %s".formatted(learner, name(tasks().get(0))));
            } else if (metric.filter(named -> fits(named) && learned.stream().noneMatch(named::fits))
                    .isPresent()) {
                findings.problem(
                        "search.learners",
                        "'%s' makes no predictions that %s measures".formatted(learner, metric.get()));
            }
        }
    }

    private void predictionsHaveATableOfTheirOwn() {
        findings.value("score.to", String.class)
                .filter(name -> OWN_FOLDERS.contains(name.toLowerCase(Locale.ROOT)))
                .ifPresent(name -> findings.problem(
                        "score.to", "'" + name + "' is a folder that the warehouse has for itself: name another"));
    }

    private void deployedCommandHasItsSection() {
        Optional<JobCommand> command = findings.value("deploy.command", JobCommand.class);
        command.filter(score ->
                        score == JobCommand.SCORE && findings.keys("score").isEmpty())
                .ifPresent(score -> findings.problem(
                        "deploy.command", "'score' needs to know which rows: add the section 'score'"));
        command.filter(monitor -> monitor == JobCommand.MONITOR && !watches())
                .ifPresent(monitor -> findings.problem(
                        "deploy.command", "'monitor' needs to know which windows: add the section 'monitor'"));
        command.filter(retrain -> retrain == JobCommand.RETRAIN && !retrains())
                .ifPresent(retrain ->
                        findings.problem("deploy.command", "'retrain' needs to know when: add the section 'retrain'"));
    }

    private void retrainingLooksAtTheModel() {
        if (retrains() && !watches()) {
            findings.problem("retrain", "looks at the model as 'monitor' says: add the section 'monitor'");
        }
    }

    private boolean watches() {
        return findings.value("monitor", MonitorConfig.class).isPresent()
                || !findings.keys("monitor").isEmpty();
    }

    private boolean retrains() {
        return findings.value("retrain", RetrainConfig.class).isPresent()
                || !findings.keys("retrain").isEmpty();
    }

    private void watchedRowsHaveEventTimes() {
        if (findings.value("monitor", MonitorConfig.class).isEmpty()) {
            return;
        }
        findings.value("monitor.rows", String.class)
                .or(() -> findings.value("training.rows", String.class))
                .filter(rows -> findings.value("sources." + rows, SourceConfig.class)
                        .filter(source -> source.eventTime().isEmpty())
                        .isPresent())
                .ifPresent(rows -> findings.problem(
                        "monitor",
                        "windows need to know when a row happened: add 'event_time' to source '" + rows + "'"));
    }

    private void sourcesWithAnAgeHaveEventTimes() {
        Set<String> sources = findings.keys("sources");
        for (String name : findings.keys("monitor.freshness.sources")) {
            String path = "monitor.freshness.sources." + name;
            if (!sources.contains(name)) {
                findings.problem(path, "source '" + name + "' is not declared" + NearestName.hint(name, sources));
            } else if (findings.value("sources." + name, SourceConfig.class)
                    .filter(source -> source.eventTime().isEmpty())
                    .isPresent()) {
                findings.problem(
                        path, "age needs to know when a row happened: add 'event_time' to source '" + name + "'");
            }
        }
    }

    private void gatesFitTheTask() {
        List<GateConfig> gates = findings.list("register.promote_if", GateConfig.class);
        for (int i = 0; i < gates.size(); i++) {
            gateFitsTheTask("register.promote_if[" + i + "]", gates.get(i));
        }
    }

    private void gateFitsTheTask(String path, GateConfig gate) {
        if (gate instanceof GateConfig.Minimum minimum) {
            minimum.min().keySet().forEach(metric -> metricFits(path + ".min." + metric, metric));
        } else if (gate instanceof GateConfig.Maximum maximum) {
            maximum.max().keySet().forEach(metric -> metricFits(path + ".max." + metric, metric));
        } else if (gate instanceof GateConfig.NotWorseThan notWorse) {
            notWorse.metric().ifPresent(metric -> metricFits(path + ".metric", metric));
        } else if (gate instanceof GateConfig.BetterThan better) {
            better.metric().ifPresent(metric -> metricFits(path + ".metric", metric));
        } else if (gate instanceof GateConfig.Slices slices) {
            slices.metric().ifPresent(metric -> metricFits(path + ".metric", metric));
        } else if (gate instanceof GateConfig.Calibration && tasks().stream().allMatch(Task::isNumber)) {
            findings.problem(
                    path + ".calibration",
                    "the task %s has no probabilities to hold to what comes; remove it"
                            .formatted(name(tasks().get(0))));
        } else if (gate instanceof GateConfig.Latency && !boostersAlone()) {
            findings.problem(
                    path + ".latency",
                    "only models of xgboost can be scored without Spark; remove it, or the other search.learners");
        }
    }

    private boolean boostersAlone() {
        return findings.list("search.learners", LearnerName.class).stream().allMatch(LearnerName.XGBOOST::equals);
    }

    private void metricFits(String path, Metric metric) {
        if (!fits(metric)) {
            Task task = tasks().get(0);
            String fitting = Metric.fitting(task).stream().map(Metric::toString).collect(Collectors.joining(", "));
            findings.problem(
                    path, "%s does not measure the task %s (known: %s)".formatted(metric, name(task), fitting));
        }
    }

    private boolean fits(Metric metric) {
        return tasks().stream().anyMatch(metric::fits);
    }

    /** The declared task, or every task where the label's values will decide. */
    private List<Task> tasks() {
        return findings.value("training.task", Task.class).map(List::of).orElseGet(() -> Arrays.asList(Task.values()));
    }

    private static String name(Task task) {
        return task.name().toLowerCase(Locale.ROOT);
    }
}

package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.build.ExampleSet;
import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.source.NearestName;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.jobs.config.DeclaredSpace;
import io.trainyard.jobs.config.SearchConfig;
import io.trainyard.jobs.config.TrainingConfig;
import io.trainyard.registry.Gate;
import io.trainyard.registry.encoding.ColumnSummary;
import io.trainyard.registry.encoding.RawValue;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/** Looks at a training set, and settles what is to be learnt from it, and how. */
final class LearningPlan {
    private final JobContext context;
    private final TrainingConfig training;
    private final SearchConfig search;

    LearningPlan(JobContext context) {
        this.context = context;
        this.training = context.pipeline().training();
        this.search = context.pipeline().search();
    }

    /** What is settled about examples, be they a training set already or not yet. */
    private record Settled(
            LabelInference.Label label, TrialSettings settings, List<Learner> learners, List<ColumnSummary> columns) {}

    /**
     * Refuses examples that are not to become a training set.
     *
     * @throws JobException if the label, the metric, a gate or a learner do not fit each other, or no feature says anything
     */
    void check(ExampleSet examples) {
        settle(examples);
    }

    /** @throws JobException as {@link #check}: the pipeline may have changed since the training set was built */
    Learning of(TrainingSet set) {
        ExampleSet examples = set.examples(context.spark());
        Settled settled = settle(examples);
        context.console().say(settled.label().describe());
        sayUntaught(examples, settled.label());
        sayColumns(settled.columns());
        return new Learning(set, settled.label(), settled.settings(), settled.learners(), settled.columns());
    }

    private Settled settle(ExampleSet examples) {
        LabelInference.Label label = new LabelInference(
                        examples, training.split().numberOfFolds())
                .infer(training.task(), training.positive());
        List<Metric> metrics = metrics(label.task());
        if (search.calibrate() && label.task() != Task.BINARY) {
            throw new JobException(
                    "search.calibrate: scales probabilities of two classes, and the task is %s; remove it"
                            .formatted(Declarations.name(label.task())));
        }
        List<Learner> learners = search.learners().stream()
                .map(name -> learner(name.toString(), label.task()))
                .toList();
        List<ColumnSummary> columns = ColumnSummaries.of(examples.rows().where(trained()), examples.features());
        requireValues(columns);
        learners.forEach(learner -> Learning.encoding(learner, columns, label.target()));
        requireTop("search.metric", metrics.stream().map(Metric::toString), label.task());
        TrialSettings settings = new TrialSettings(
                label.task(),
                label.classes(),
                metrics,
                search.rounds(),
                search.earlyStopping(),
                search.seed(),
                training.shape(label.task()),
                FixedParameters.of(search, columns));
        List<Gate> gates = Declarations.gates(context.pipeline().register(), metrics.get(0), settings.shape());
        requireTop("register.promote_if", gates.stream().map(Gate::measured).flatMap(Optional::stream), label.task());
        requireMeasured(gates, settings);
        requireSlices(gates, examples.features());
        requireProbabilities(gates, label.task());
        return new Settled(label, settings, learners, columns);
    }

    private static void requireMeasured(List<Gate> gates, TrialSettings settings) {
        List<String> measured = settings.measured().stream()
                .map(metric -> metric.scored(settings.shape()))
                .toList();
        gates.stream()
                .map(Gate::measured)
                .flatMap(Optional::stream)
                .filter(metric -> !measured.contains(metric))
                .findFirst()
                .ifPresent(metric -> {
                    throw new JobException("register.promote_if: %s does not measure %s; use one of %s"
                            .formatted(metric, Declarations.name(settings.task()), measured));
                });
    }

    private static void requireSlices(List<Gate> gates, List<FeatureColumn> features) {
        List<String> names = features.stream().map(FeatureColumn::name).toList();
        for (Gate gate : gates) {
            if (gate instanceof Gate.Slices slices && !names.contains(slices.feature())) {
                throw new JobException("register.promote_if: there is no feature '%s' to slice by%s"
                        .formatted(slices.feature(), NearestName.hint(slices.feature(), names)));
            }
        }
    }

    private static void requireProbabilities(List<Gate> gates, Task task) {
        if (task.isNumber() && gates.stream().anyMatch(Gate.Calibration.class::isInstance)) {
            throw new JobException(
                    "register.promote_if: calibration holds probabilities to what comes, and the task is %s; remove it"
                            .formatted(Declarations.name(task)));
        }
    }

    /** Of the search, and of gates, by their names. */
    private void requireTop(String path, Stream<String> metrics, Task task) {
        metrics.filter(metric -> metric.endsWith("_at_k") && Double.isNaN(training.shape(task)))
                .findFirst()
                .ifPresent(metric -> {
                    throw new JobException("%s: %s needs to know k; add training.top_k".formatted(path, metric));
                });
    }

    LearnerSpace space() {
        return DeclaredSpace.of(search);
    }

    private List<Metric> metrics(Task task) {
        if (search.metrics().isEmpty()) {
            return List.of(fitting("search.metric", search.metric().orElseGet(() -> Metric.defaultFor(task)), task));
        }
        return search.metrics().stream()
                .map(metric -> fitting("search.metrics", metric, task))
                .toList();
    }

    private static Metric fitting(String path, Metric metric, Task task) {
        if (!metric.fits(task)) {
            throw new JobException("%s: %s does not measure %s; use one of %s"
                    .formatted(path, metric, Declarations.name(task), Metric.fitting(task)));
        }
        return metric;
    }

    private static Learner learner(String name, Task task) {
        Learner learner = Learner.named(name).orElseThrow();
        if (!learner.fits(task)) {
            throw new JobException("search.learners: %s does not learn %s; use one of %s"
                    .formatted(
                            name,
                            Declarations.name(task),
                            Learner.all().stream()
                                    .filter(other -> other.fits(task))
                                    .map(Learner::name)
                                    .toList()));
        }
        return learner;
    }

    /** Every row that some model is fitted on. With a split by time the windows of search and final fit differ. */
    private static Column trained() {
        return col(TrainingSet.TRAINS).notEqual(0).or(col(TrainingSet.FINAL).equalTo(SplitColumns.TRAIN));
    }

    private static void requireValues(List<ColumnSummary> columns) {
        List<String> empty = empty(columns);
        if (empty.size() == columns.size()) {
            throw new JobException(
                    "Cannot learn from these features: all of %s are missing in every training row; check the source, or training.features"
                            .formatted(empty));
        }
    }

    private static List<String> empty(List<ColumnSummary> columns) {
        return columns.stream()
                .filter(column -> column.missing() == column.rows())
                .map(ColumnSummary::name)
                .toList();
    }

    private void sayColumns(List<ColumnSummary> columns) {
        List<String> empty = empty(columns);
        if (!empty.isEmpty()) {
            context.console().say("no value in any training row: " + String.join(", ", empty));
        }
        Optional<ColumnSummary> many = columns.stream()
                .filter(column -> column.categories().size() >= 1_000)
                .findFirst();
        many.ifPresent(column -> context.console()
                .say("'%s' has 1,000 categories or more: rarer ones count as missing; drop it if it identifies rows"
                        .formatted(column.name())));
    }

    /** A class of the test rows alone does not stop a model of the others, but it cannot be predicted. */
    private void sayUntaught(ExampleSet examples, LabelInference.Label label) {
        if (label.task() != Task.MULTICLASS) {
            return;
        }
        Set<String> untaught = new TreeSet<>(label.target().classes());
        examples.rows()
                .where(col(TrainingSet.FINAL).equalTo(SplitColumns.TRAIN))
                .select(TrainingSet.LABEL)
                .distinct()
                .collectAsList()
                .forEach(row -> untaught.remove(
                        RawValue.text(row.getAs(TrainingSet.LABEL)).orElseThrow()));
        if (!untaught.isEmpty()) {
            context.console()
                    .say("no training row, so never predicted: '%s' %s"
                            .formatted(examples.label(), String.join(", ", untaught)));
        }
    }
}

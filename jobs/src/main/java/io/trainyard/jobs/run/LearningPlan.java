package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.source.NearestName;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.jobs.config.SearchConfig;
import io.trainyard.jobs.config.TrainingConfig;
import io.trainyard.registry.encoding.ColumnSummary;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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

    /** @throws JobException if the label, the metric or a learner do not fit each other, or a feature has no value at all */
    Learning of(TrainingSet set) {
        Dataset<Row> rows = set.rows(context.spark());
        LabelInference.Label label = new LabelInference(set, rows).infer(training.task(), training.positive());
        context.console().say(label.describe());
        Metric metric = metric(label.task());
        List<Learner> learners = search.learners().stream()
                .map(name -> learner(name.toString(), label.task()))
                .toList();
        TrialSettings settings = new TrialSettings(
                label.task(), label.classes(), metric, search.rounds(), search.earlyStopping(), search.seed());
        List<ColumnSummary> columns = ColumnSummaries.of(rows.where(trained()), set.features());
        sayMissing(columns);
        return new Learning(set, label, settings, learners, columns);
    }

    LearnerSpace space(Learning learning) {
        Map<String, List<Parameter>> overrides = new HashMap<>();
        search.space().forEach((name, parameters) -> {
            Learner learner = Learner.named(name.toString()).orElseThrow();
            parameters.keySet().forEach(parameter -> requireKnown(learner, parameter));
            overrides.put(learner.name(), Declarations.parameters(learner, parameters));
        });
        return new LearnerSpace(learning.learners(), overrides);
    }

    private static void requireKnown(Learner learner, String parameter) {
        if (!learner.parameterNames().contains(parameter)) {
            throw new JobException("search.space.%s.%s: %s has no such parameter%s; it has %s"
                    .formatted(
                            learner.name(),
                            parameter,
                            learner.name(),
                            NearestName.hint(parameter, learner.parameterNames()),
                            String.join(", ", learner.parameterNames())));
        }
    }

    private Metric metric(Task task) {
        Metric metric = search.metric().orElseGet(() -> Metric.defaultFor(task));
        if (!metric.fits(task)) {
            throw new JobException("search.metric: %s does not measure %s; use one of %s"
                    .formatted(metric, Declarations.name(task), Metric.fitting(task)));
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
        return col(TrainingSet.SEARCH)
                .equalTo(SplitColumns.TRAIN)
                .or(col(TrainingSet.FINAL).equalTo(SplitColumns.TRAIN));
    }

    private void sayMissing(List<ColumnSummary> columns) {
        List<String> empty = columns.stream()
                .filter(column -> column.missing() == column.rows())
                .map(ColumnSummary::name)
                .toList();
        if (empty.size() == columns.size()) {
            throw new JobException(
                    "Cannot learn from these features: all of %s are missing in every training row; check the source, or training.features"
                            .formatted(empty));
        }
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
}

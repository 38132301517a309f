package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Score;
import io.trainyard.registry.bundle.BundleMetadata;
import io.trainyard.registry.bundle.BundleWriter;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.metric.Bootstrap;
import io.trainyard.tuning.metric.Interval;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.placement.Judgement;
import io.trainyard.tuning.placement.Placement.FittedModel;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The study's winner, fitted on the rows of the final fit, tested once, and registered. */
final class FinalModel {
    /** Part of a model's fingerprint: to be raised when the same winner is fitted or bundled differently. */
    private static final int SEMANTICS = 1;

    private static final int RESAMPLES = 1_000;
    private static final double LEVEL = 0.95;

    private final JobContext context;
    private final Learning learning;
    private final Search.Result search;
    private final Learner learner;
    private final Params params;
    private final Encoding encoding;
    private final String name;

    FinalModel(JobContext context, Learning learning, Search.Result search) {
        this.context = context;
        this.learning = learning;
        this.search = search;
        this.learner = LearnerSpace.learner(search.winner().params());
        this.params = LearnerSpace.own(search.winner().params());
        this.encoding = learning.encoding(learner);
        this.name = context.pipeline().modelName();
    }

    /** The version that a run with the same winner registered. */
    Optional<ModelVersion> registered() {
        return context.registry().byFingerprint(name, fingerprint());
    }

    private String fingerprint() {
        return Fingerprint.of("model", SEMANTICS)
                .add("study", search.fingerprint())
                .add("params", params.text())
                .add("rounds", search.rounds())
                .add("learner", learner.name())
                .hex();
    }

    ModelVersion fitAndRegister(Placements placements) throws IOException, InterruptedException {
        FittedModel model = placements.of(learner).fit("final fit · " + name, params, search.rounds());
        ModelFiles files = new ModelFiles(context.spark(), context.warehouse());
        context.console()
                .say("fitted %s%s"
                        .formatted(
                                learner.name(), search.rounds() > 0 ? ", %d rounds".formatted(search.rounds()) : ""));
        List<Score> scores = test(files.transformer(model, encoding));
        try (LocalFolder folder = LocalFolder.create()) {
            Path bundle = folder.path();
            files.write(model, encoding, bundle);
            FeatureExpressions.of(context.pipeline(), encoding).write(bundle);
            BundleWriter.write(bundle, encoding, new BundleMetadata(lineage(), scores));
            ModelVersion version = context.registry().register(name, bundle, fingerprint(), Map.of());
            context.console().say("registered %s version %d".formatted(name, version.number()));
            return version;
        }
    }

    private List<Score> test(org.apache.spark.ml.Transformer model) {
        Dataset<Row> rows = learning.set()
                .rows(context.spark())
                .where(col(TrainingSet.FINAL).equalTo(SplitColumns.TEST));
        Dataset<Row> predicted = new Scorer(encoding, model)
                .predict(learning.rows(learner).labelled(rows), learning.set().features());
        Map<Metric, Interval> intervals = new Judgement(
                        learning.settings(), SparkLearner.LABEL, TrainingSet.WEIGHT, List.of(TrainingSet.KEY))
                .intervals(
                        predicted,
                        new Bootstrap(RESAMPLES, LEVEL, learning.settings().seed()));
        List<Score> scores = new ArrayList<>();
        intervals.forEach((metric, interval) ->
                scores.add(new Score(metric.toString(), interval.value(), interval.low(), interval.high())));
        return scores;
    }

    private Lineage lineage() {
        List<Lineage.Input> inputs = new ArrayList<>();
        TrainingSet set = learning.set();
        inputs.add(
                new Lineage.Input(set.table().path(), String.valueOf(set.table().version()), set.fingerprint()));
        set.inputs().forEach(input -> inputs.add(Declarations.lineage(input)));
        SortedMap<String, String> parameters = new TreeMap<>();
        params.values().forEach((parameter, value) -> parameters.put(parameter, value.toString()));
        if (search.rounds() > 0) {
            parameters.put("rounds", String.valueOf(search.rounds()));
        }
        return new Lineage(
                inputs,
                search.study(),
                search.winner().number(),
                learning.settings().seed(),
                learner.name(),
                parameters,
                new Environment(context.environment()).commit(),
                new Environment(context.environment()).versions(),
                context.asOf());
    }
}

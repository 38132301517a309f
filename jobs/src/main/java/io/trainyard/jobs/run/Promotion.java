package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.registry.Gate;
import io.trainyard.registry.GateDecision;
import io.trainyard.registry.Gates;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Score;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.metric.Bootstrap;
import io.trainyard.tuning.placement.Judgement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Decides by the pipeline's gates whether a new version takes over the alias, and moves it. */
public final class Promotion {
    private static final int RESAMPLES = 200;

    private final JobContext context;
    private final String model;
    private final String alias;

    Promotion(JobContext context) {
        this.context = context;
        this.model = context.pipeline().modelName();
        this.alias = context.pipeline().register().alias();
    }

    /**
     * How the alias was decided.
     *
     * @param alias the alias that points to the version, empty if it points elsewhere
     * @param reasons one line for each gate
     */
    public record Result(Optional<String> alias, List<String> reasons) {}

    /** Moves the alias only if it still points where the decision saw it. */
    Result promote(ModelVersion version, Learning learning) throws IOException {
        int current = context.registry()
                .byAlias(model, alias)
                .map(ModelVersion::number)
                .orElse(ModelRegistry.NO_VERSION);
        if (current == version.number()) {
            context.console().say("nothing to promote: %s is version %d already".formatted(alias, current));
            return new Result(Optional.of(alias), List.of());
        }
        if (version.number() < current) {
            context.console()
                    .say("version %d is older than %s, version %d: not promoted"
                            .formatted(version.number(), alias, current));
            return new Result(Optional.empty(), List.of("older than " + alias));
        }
        List<Gate> gates = Declarations.gates(
                context.pipeline().register(), learning.settings().metric());
        GateDecision decision = Gates.decide(gates, version.scores(), incumbents(gates, learning));
        decision.reasons().forEach(context.console()::say);
        if (!decision.passed()) {
            context.console().say("not promoted: %s stays where it was".formatted(alias));
            return new Result(Optional.empty(), decision.reasons());
        }
        String reason = decision.reasons().isEmpty() ? "no gates declared" : String.join("; ", decision.reasons());
        context.registry().promote(model, alias, version.number(), current, reason);
        context.console().say("%s is now version %d".formatted(alias, version.number()));
        return new Result(Optional.of(alias), decision.reasons());
    }

    /** Scores of the versions that gates compare with, on the new version's own test rows. */
    private Map<String, List<Score>> incumbents(List<Gate> gates, Learning learning) throws IOException {
        Map<String, List<Score>> scores = new HashMap<>();
        for (Gate gate : gates) {
            if (gate instanceof Gate.NotWorseThan notWorse && !scores.containsKey(notWorse.alias())) {
                Optional<ModelVersion> incumbent = context.registry().byAlias(model, notWorse.alias());
                if (incumbent.isPresent()) {
                    scores.put(notWorse.alias(), test(incumbent.get(), learning));
                }
            }
        }
        return scores;
    }

    private List<Score> test(ModelVersion incumbent, Learning learning) throws IOException {
        try (LocalFolder folder = LocalFolder.create()) {
            var fetched = folder.path().resolve("bundle");
            context.registry().fetch(incumbent, fetched);
            Bundle bundle = Bundle.open(fetched);
            requireSameTarget(incumbent, bundle, learning);
            EncodedRows encoded =
                    new EncodedRows(bundle.encoding(), learning.set().features());
            Dataset<Row> rows = learning.set()
                    .rows(context.spark())
                    .where(col(TrainingSet.FINAL).equalTo(SplitColumns.TEST));
            Dataset<Row> predicted = Scorer.of(bundle, new ModelFiles(context.spark(), context.warehouse()))
                    .predict(encoded.labelled(rows), learning.set().features());
            List<Score> scores = new ArrayList<>();
            new Judgement(learning.settings(), SparkLearner.LABEL, TrainingSet.WEIGHT)
                    .intervals(
                            predicted,
                            new Bootstrap(RESAMPLES, 0.95, learning.settings().seed()))
                    .forEach((metric, interval) -> scores.add(
                            new Score(metric.toString(), interval.value(), interval.low(), interval.high())));
            return scores;
        }
    }

    private void requireSameTarget(ModelVersion incumbent, Bundle bundle, Learning learning) {
        if (!bundle.encoding().target().equals(learning.label().target())) {
            throw new JobException(
                    ("Cannot compare with version %d of %s: it predicts %s, and the new one %s; promote by hand with "
                                    + "trainyard models promote")
                            .formatted(
                                    incumbent.number(),
                                    model,
                                    bundle.encoding().target(),
                                    learning.label().target()));
        }
    }
}

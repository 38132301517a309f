package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.registry.Event;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        if (heldBefore(version)) {
            return refused(
                    "version %d held %s before and was replaced; promote it by hand: trainyard models promote --model-version %d"
                            .formatted(version.number(), alias, version.number()));
        }
        List<Gate> gates = Declarations.gates(
                context.pipeline().register(), learning.settings().metric());
        Incumbents incumbents = incumbents(gates, learning);
        if (incumbents.incomparable().isPresent()) {
            return refused(incumbents.incomparable().get());
        }
        GateDecision decision = Gates.decide(gates, version.scores(), incumbents.scores());
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

    private Result refused(String reason) {
        context.console().say("not promoted: " + reason);
        return new Result(Optional.empty(), List.of(reason));
    }

    /** A version that held the alias and does no more was rolled back, or overtaken: nobody wants that undone by a rerun. */
    private boolean heldBefore(ModelVersion version) {
        return context.registry().history(model).stream()
                .anyMatch(event -> event instanceof Event.Promoted promoted
                        && promoted.alias().equals(alias)
                        && promoted.version() == version.number());
    }

    /**
     * The versions that gates compare with, on the new version's own test rows.
     *
     * @param incomparable why one of them cannot be measured on these rows, in words
     */
    private record Incumbents(Map<String, List<Score>> scores, Optional<String> incomparable) {}

    private Incumbents incumbents(List<Gate> gates, Learning learning) throws IOException {
        Map<String, List<Score>> scores = new HashMap<>();
        for (Gate gate : gates) {
            if (gate instanceof Gate.NotWorseThan notWorse && !scores.containsKey(notWorse.alias())) {
                Optional<ModelVersion> incumbent = context.registry().byAlias(model, notWorse.alias());
                if (incumbent.isPresent()) {
                    Optional<String> incomparable = measure(notWorse.alias(), incumbent.get(), learning, scores);
                    if (incomparable.isPresent()) {
                        return new Incumbents(Map.of(), incomparable);
                    }
                }
            }
        }
        return new Incumbents(scores, Optional.empty());
    }

    private Optional<String> measure(
            String held, ModelVersion incumbent, Learning learning, Map<String, List<Score>> scores)
            throws IOException {
        try (LocalFolder folder = LocalFolder.create()) {
            Path fetched = folder.path().resolve("bundle");
            context.registry().fetch(incumbent, fetched);
            Bundle bundle = Bundle.open(fetched);
            Optional<String> difference = difference(bundle, learning);
            if (difference.isEmpty()) {
                scores.put(held, test(bundle, learning));
            }
            return difference.map(what ->
                    "cannot be compared with version %d, which holds %s: %s; promote by hand: trainyard models promote"
                            .formatted(incumbent.number(), held, what));
        }
    }

    /** A model is measured with the features that it was trained on, or not at all. */
    private Optional<String> difference(Bundle bundle, Learning learning) throws IOException {
        if (!bundle.encoding().target().equals(learning.label().target())) {
            return Optional.of("it predicts another label, or other classes");
        }
        Set<String> present =
                learning.set().features().stream().map(FeatureColumn::name).collect(Collectors.toSet());
        Map<String, String> now =
                FeatureExpressions.of(context.pipeline(), bundle.encoding()).expressions();
        return FeatureExpressions.read(bundle).expressions().entrySet().stream()
                .filter(feature -> !present.contains(feature.getKey())
                        || !feature.getValue().equals(now.get(feature.getKey())))
                .map(feature -> "feature '%s' was removed or is computed in another way".formatted(feature.getKey()))
                .findFirst();
    }

    private List<Score> test(Bundle bundle, Learning learning) throws IOException {
        EncodedRows encoded = new EncodedRows(bundle.encoding(), learning.set().features());
        Dataset<Row> rows = learning.set()
                .rows(context.spark())
                .where(col(TrainingSet.FINAL).equalTo(SplitColumns.TEST));
        Dataset<Row> predicted = Scorer.of(bundle, new ModelFiles(context.spark(), context.warehouse()))
                .predict(encoded.labelled(rows), learning.set().features());
        List<Score> scores = new ArrayList<>();
        new Judgement(learning.settings(), SparkLearner.LABEL, TrainingSet.WEIGHT, List.of(TrainingSet.KEY))
                .intervals(
                        predicted,
                        new Bootstrap(RESAMPLES, 0.95, learning.settings().seed()))
                .forEach((metric, interval) ->
                        scores.add(new Score(metric.toString(), interval.value(), interval.low(), interval.high())));
        return scores;
    }
}

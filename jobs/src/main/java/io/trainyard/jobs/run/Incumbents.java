package io.trainyard.jobs.run;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.registry.Gate;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Score;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.registry.encoding.Target;
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

/** The versions that gates compare a new one with, measured on the new one's own test rows. */
final class Incumbents {
    private static final int RESAMPLES = 200;
    private static final double LEVEL = 0.95;
    private static final int SHOWN = 5;

    private final JobContext context;
    private final Learning learning;

    Incumbents(JobContext context, Learning learning) {
        this.context = context;
        this.learning = learning;
    }

    /**
     * What could be measured.
     *
     * @param scores by alias; an alias that no version holds is left out
     * @param obstacles why a version cannot be compared with, in words
     */
    record Measured(Map<String, List<Score>> scores, List<String> obstacles) {}

    Measured measure(List<Gate> gates) throws IOException {
        Measured measured = new Measured(new HashMap<>(), new ArrayList<>());
        for (Gate gate : gates) {
            if (gate instanceof Gate.NotWorseThan notWorse && !measured.scores().containsKey(notWorse.alias())) {
                Optional<ModelVersion> incumbent =
                        context.registry().byAlias(context.pipeline().modelName(), notWorse.alias());
                if (incumbent.isPresent()) {
                    measure(incumbent.get(), notWorse.alias(), measured);
                }
            }
        }
        return measured;
    }

    private void measure(ModelVersion version, String alias, Measured measured) throws IOException {
        try (LocalFolder folder = LocalFolder.create()) {
            Path fetched = folder.path().resolve("bundle");
            context.registry().fetch(version, fetched);
            Bundle bundle = Bundle.open(fetched);
            Optional<String> difference = difference(bundle);
            if (difference.isPresent()) {
                measured.obstacles()
                        .add("version %d, %s, cannot be compared with: %s; to replace it, run trainyard models promote"
                                .formatted(version.number(), alias, difference.get()));
                return;
            }
            measured.scores().put(alias, test(bundle));
        }
    }

    /** Why the version says nothing about these rows. */
    private Optional<String> difference(Bundle bundle) throws IOException {
        Encoding encoding = bundle.encoding();
        if (!encoding.target().equals(learning.label().target())) {
            return Optional.of("it predicts %s, and the new one %s"
                    .formatted(text(encoding.target()), text(learning.label().target())));
        }
        Set<String> features =
                learning.set().features().stream().map(FeatureColumn::name).collect(Collectors.toSet());
        Optional<String> missing = encoding.features().stream()
                .map(Feature::name)
                .filter(feature -> !features.contains(feature))
                .findFirst();
        if (missing.isPresent()) {
            return missing.map("it takes feature '%s', which the training set does not have"::formatted);
        }
        Map<String, String> now =
                FeatureExpressions.of(context.pipeline(), encoding).expressions();
        return FeatureExpressions.read(bundle).expressions().entrySet().stream()
                .filter(feature -> !feature.getValue().equals(now.get(feature.getKey())))
                .findFirst()
                .map(feature -> "it computes feature '%s' as %s".formatted(feature.getKey(), feature.getValue()));
    }

    private static String text(Target target) {
        return target.classes().isEmpty()
                ? "the number '%s'".formatted(target.label())
                : "'%s', one of %s"
                        .formatted(
                                target.label(),
                                target.classes().stream().limit(SHOWN).collect(Collectors.joining(", ")));
    }

    private List<Score> test(Bundle bundle) throws IOException {
        Dataset<Row> rows = learning.testRows(context.spark());
        Dataset<Row> predicted = Scorer.of(bundle, new ModelFiles(context.spark(), context.warehouse()))
                .predictLabelled(rows, learning.set().features());
        List<Score> scores = new ArrayList<>();
        new Judgement(learning.settings(), Scorer.TARGET, TrainingSet.WEIGHT, List.of(TrainingSet.KEY))
                .intervals(
                        predicted,
                        new Bootstrap(RESAMPLES, LEVEL, learning.settings().seed()))
                .forEach((metric, interval) -> scores.add(new Score(
                        metric.scored(learning.settings().shape()),
                        interval.value(),
                        interval.low(),
                        interval.high())));
        return scores;
    }
}

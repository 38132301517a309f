package io.trainyard.jobs.run;

import io.trainyard.jobs.retrain.FeatureWeights;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Score;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.encoding.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What sets two versions of a model apart.
 *
 * @param sameRows whether both were made of the same training set, so that their scores are of the same test rows
 * @param scores of every metric that one of them has, in the order of the first
 * @param params that differ, the learner among them
 * @param environment what ran, where it differs
 * @param inputs that differ, by their place
 * @param features that one of them has alone, or computes otherwise: the kind or the expression
 * @param importance of columns whose share of all importance is another, the largest change first
 */
public record VersionComparison(
        ModelVersion first,
        ModelVersion second,
        boolean sameRows,
        List<Scores> scores,
        SortedMap<String, Sides<String>> params,
        SortedMap<String, Sides<String>> environment,
        Map<String, Sides<Lineage.Input>> inputs,
        SortedMap<String, Sides<String>> features,
        List<Moved> importance) {
    public VersionComparison {
        scores = List.copyOf(scores);
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
        importance = List.copyOf(importance);
    }

    /** What each of two versions has, where it has it. */
    public record Sides<T>(Optional<T> first, Optional<T> second) {
        static <T> Map<String, Sides<T>> differing(Map<String, T> first, Map<String, T> second) {
            Map<String, Sides<T>> all = new LinkedHashMap<>();
            first.forEach((name, value) -> {
                Optional<T> other = Optional.ofNullable(second.get(name));
                if (!other.equals(Optional.of(value))) {
                    all.put(name, new Sides<>(Optional.of(value), other));
                }
            });
            second.forEach((name, value) -> {
                if (!first.containsKey(name)) {
                    all.put(name, new Sides<>(Optional.empty(), Optional.of(value)));
                }
            });
            return all;
        }
    }

    /** A metric of both. */
    public record Scores(String metric, Sides<Score> sides) {
        /** Whether the intervals do not meet, so that the difference is hardly chance. */
        public boolean apart() {
            return sides.first().isPresent()
                    && sides.second().isPresent()
                    && (sides.first().get().low() > sides.second().get().high()
                            || sides.second().get().low() > sides.first().get().high());
        }
    }

    /** A column's share of all importance, 0 to 1; 0 where the version does not have it. */
    public record Moved(String column, double first, double second) {
        public double change() {
            return second - first;
        }
    }

    /** @throws IOException if a bundle cannot be read */
    public static VersionComparison of(ModelVersion first, Bundle one, ModelVersion second, Bundle other)
            throws IOException {
        return new VersionComparison(
                first,
                second,
                rows(first).equals(rows(second)),
                scores(first.scores(), second.scores()),
                new TreeMap<>(Sides.differing(params(first), params(second))),
                new TreeMap<>(Sides.differing(
                        first.lineage().environment(), second.lineage().environment())),
                Sides.differing(inputs(first), inputs(second)),
                new TreeMap<>(Sides.differing(features(one), features(other))),
                moved(one, other));
    }

    private static List<String> rows(ModelVersion version) {
        return version.lineage().inputs().stream()
                .limit(1)
                .map(Lineage.Input::fingerprint)
                .toList();
    }

    private static List<Scores> scores(List<Score> first, List<Score> second) {
        Map<String, Score> one = named(first);
        Map<String, Score> other = named(second);
        Map<String, Score> all = new LinkedHashMap<>(one);
        other.forEach(all::putIfAbsent);
        return all.keySet().stream()
                .map(metric -> new Scores(
                        metric,
                        new Sides<>(Optional.ofNullable(one.get(metric)), Optional.ofNullable(other.get(metric)))))
                .toList();
    }

    private static Map<String, Score> named(List<Score> scores) {
        Map<String, Score> named = new LinkedHashMap<>();
        scores.forEach(score -> named.put(score.metric(), score));
        return named;
    }

    private static Map<String, String> params(ModelVersion version) {
        Map<String, String> params = new TreeMap<>(version.lineage().params());
        params.put("learner", version.lineage().learner());
        params.put("seed", String.valueOf(version.lineage().seed()));
        return params;
    }

    private static Map<String, Lineage.Input> inputs(ModelVersion version) {
        Map<String, Lineage.Input> inputs = new LinkedHashMap<>();
        version.lineage().inputs().forEach(input -> inputs.put(input.uri(), input));
        return inputs;
    }

    private static Map<String, String> features(Bundle bundle) throws IOException {
        Map<String, String> expressions = Files.exists(bundle.directory().resolve(FeatureExpressions.FILE))
                ? FeatureExpressions.read(bundle).expressions()
                : Map.of();
        Map<String, String> features = new TreeMap<>();
        for (Feature feature : bundle.encoding().features()) {
            String expression = Optional.ofNullable(expressions.get(feature.name()))
                    .map(sql -> ", " + sql)
                    .orElse("");
            features.put(feature.name(), kind(feature) + expression);
        }
        return features;
    }

    private static String kind(Feature feature) {
        boolean number = feature instanceof Feature.NumberFeature || feature instanceof Feature.StandardizedFeature;
        return number ? "number" : "categories";
    }

    private static Map<String, Double> shares(Bundle bundle) {
        return FeatureWeights.of(bundle.metadata().importance(), UnaryOperator.identity());
    }

    /** Boosters, MLlib's trees and linear models are each measured otherwise. */
    private static boolean comparable(Bundle one, Bundle other) {
        return one.flavor() == other.flavor() && gains(one) == gains(other);
    }

    private static boolean gains(Bundle bundle) {
        return bundle.metadata().importance().stream().noneMatch(column -> Double.isNaN(column.gain()));
    }

    /** Nothing moved where one of the two was not measured, or not by the same measure. */
    private static List<Moved> moved(Bundle one, Bundle other) {
        Map<String, Double> first = shares(one);
        Map<String, Double> second = shares(other);
        if (first.isEmpty() || second.isEmpty() || !comparable(one, other)) {
            return List.of();
        }
        List<Moved> moved = new ArrayList<>();
        Sides.differing(first, second)
                .forEach((column, sides) -> moved.add(new Moved(
                        column, sides.first().orElse(0.0), sides.second().orElse(0.0))));
        moved.sort(Comparator.comparingDouble((Moved column) -> -Math.abs(column.change()))
                .thenComparing(Moved::column));
        return moved;
    }
}

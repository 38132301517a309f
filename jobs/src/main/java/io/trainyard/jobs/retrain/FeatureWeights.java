package io.trainyard.jobs.retrain;

import io.trainyard.registry.FeatureImportance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a model makes of each of its features, as shares that add up to 1. */
public final class FeatureWeights {
    private FeatureWeights() {}

    /**
     * Shares of mean absolute SHAP values; of gain where no contribution is above 0, as for MLlib's trees; of what the metric loses
     * when a feature is permuted where there is no gain either, as for linear models; equal shares where nothing says anything.
     *
     * @param feature the feature that an encoded column was made of: what several columns say of one adds up
     */
    public static Map<String, Double> of(List<FeatureImportance> importances, UnaryOperator<String> feature) {
        Map<String, Double> known = Stream.<ToDoubleFunction<FeatureImportance>>of(
                        FeatureImportance::contribution,
                        FeatureImportance::gain,
                        importance -> Math.max(0, importance.permutation()))
                .map(measure -> sums(importances, feature, measure))
                .filter(sums -> total(sums) > 0)
                .findFirst()
                .orElseGet(() -> sums(importances, feature, importance -> 0));
        double total = total(known);
        Map<String, Double> shares = new LinkedHashMap<>();
        known.forEach((name, sum) -> shares.put(name, total > 0 ? sum / total : 1.0 / known.size()));
        return shares;
    }

    private static Map<String, Double> sums(
            List<FeatureImportance> importances,
            UnaryOperator<String> feature,
            ToDoubleFunction<FeatureImportance> measure) {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (FeatureImportance importance : importances) {
            double value = measure.applyAsDouble(importance);
            sums.merge(feature.apply(importance.feature()), Double.isFinite(value) ? value : 0, Double::sum);
        }
        return sums;
    }

    private static double total(Map<String, Double> sums) {
        return sums.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}

package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * MLlib's random forest. Deeper and larger than MLlib's default of 20 trees of depth 5, which underfits; leaves and shares of
 * features as in AutoGluon's portfolio of 2023.
 */
public final class RandomForestLearner implements SparkLearner {
    @Override
    public String name() {
        return "random_forest";
    }

    @Override
    public boolean fits(Task task) {
        return task == Task.BINARY || task == Task.MULTICLASS || task == Task.REGRESSION;
    }

    @Override
    public boolean takesCategories() {
        return true;
    }

    @Override
    public List<Parameter> parameters(Preset preset) {
        return switch (preset) {
            case FAST -> space(50, 50, 12, 20, 0.3);
            case DEFAULT -> space(20, 100, 14, 40, 0.2);
            case WIDE -> space(20, 300, 20, 100, 0.1);
        };
    }

    private static List<Parameter> space(int fewestTrees, int mostTrees, int depth, int instances, double subset) {
        return List.of(
                IntParameter.uniform("num_trees", fewestTrees, mostTrees),
                IntParameter.uniform("max_depth", 5, depth),
                IntParameter.log("min_instances_per_node", 1, instances),
                FloatParameter.uniform("feature_subset", subset, 1));
    }

    @Override
    public List<Parameter> accepted() {
        return List.of(
                IntParameter.uniform("num_trees", 1, Integer.MAX_VALUE),
                IntParameter.uniform("max_depth", 0, 30),
                IntParameter.uniform("min_instances_per_node", 1, Integer.MAX_VALUE),
                FloatParameter.uniform("feature_subset", 0.01, 1));
    }

    @Override
    public List<Params> firstTrials() {
        return List.of(configuration(20, 5, 1, 0.33), configuration(100, 12, 3, 0.5));
    }

    private static Params configuration(int trees, int depth, int minimum, double features) {
        return Params.of(Map.of(
                "num_trees", (long) trees,
                "max_depth", (long) depth,
                "min_instances_per_node", (long) minimum,
                "feature_subset", features));
    }

    @Override
    public Transformer fit(Dataset<Row> rows, Params params, TrialSettings settings) {
        return Mllib.fit(
                settings.task() == Task.REGRESSION ? new RandomForestRegressor() : new RandomForestClassifier(),
                Map.of(
                        "numTrees", Math.toIntExact(params.integer("num_trees")),
                        "maxDepth", Math.toIntExact(params.integer("max_depth")),
                        "minInstancesPerNode", Math.toIntExact(params.integer("min_instances_per_node")),
                        "featureSubsetStrategy", Double.toString(params.number("feature_subset"))),
                rows,
                settings);
    }
}

package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** MLlib's gradient boosted trees, for two classes or a number. */
public final class GbtLearner implements SparkLearner {
    @Override
    public String name() {
        return "gbt";
    }

    @Override
    public boolean fits(Task task) {
        return task == Task.BINARY || task == Task.REGRESSION;
    }

    @Override
    public boolean takesCategories() {
        return true;
    }

    @Override
    public List<Parameter> parameters(Preset preset) {
        return switch (preset) {
            case FAST -> space(30, 6, 0.05, 0.7);
            case DEFAULT -> space(60, 8, 0.03, 0.5);
            case WIDE -> space(150, 10, 0.01, 0.3);
        };
    }

    private static List<Parameter> space(int iterations, int depth, double slowest, double subsample) {
        return List.of(
                IntParameter.log("max_iter", 10, iterations),
                IntParameter.uniform("max_depth", 2, depth),
                FloatParameter.log("step_size", slowest, 0.3),
                FloatParameter.uniform("subsampling_rate", subsample, 1));
    }

    @Override
    public List<Parameter> accepted() {
        return List.of(
                IntParameter.uniform("max_iter", 1, Integer.MAX_VALUE),
                IntParameter.uniform("max_depth", 0, 30),
                FloatParameter.uniform("step_size", 1e-6, 1),
                FloatParameter.uniform("subsampling_rate", 1e-6, 1));
    }

    /** MLlib's defaults come first. */
    @Override
    public List<Params> firstTrials() {
        return List.of(
                Params.of(Map.of("max_iter", 20L, "max_depth", 5L, "step_size", 0.1, "subsampling_rate", 1.0)),
                Params.of(Map.of("max_iter", 50L, "max_depth", 5L, "step_size", 0.1, "subsampling_rate", 0.8)));
    }

    @Override
    public Transformer fit(Dataset<Row> rows, Params params, TrialSettings settings) {
        return Mllib.fit(
                settings.task() == Task.REGRESSION ? new GBTRegressor() : new GBTClassifier(),
                Map.of(
                        "maxIter", Math.toIntExact(params.integer("max_iter")),
                        "maxDepth", Math.toIntExact(params.integer("max_depth")),
                        "stepSize", params.number("step_size"),
                        "subsamplingRate", params.number("subsampling_rate")),
                rows,
                settings);
    }
}

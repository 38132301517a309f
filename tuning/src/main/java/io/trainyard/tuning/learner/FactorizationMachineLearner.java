package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.FMClassifier;
import org.apache.spark.ml.regression.FMRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** MLlib's factorization machine (Rendle 2010): a linear model with a product of factors for each pair of columns. It takes no weights. */
public final class FactorizationMachineLearner implements SparkLearner {
    @Override
    public String name() {
        return "factorization_machine";
    }

    @Override
    public boolean fits(Task task) {
        return task == Task.BINARY || task == Task.REGRESSION;
    }

    @Override
    public boolean takesWeights() {
        return false;
    }

    @Override
    public List<Parameter> parameters(Preset preset) {
        return switch (preset) {
            case FAST -> space(8, 1e-4, 0.01);
            case DEFAULT -> space(16, 1e-6, 0.003);
            case WIDE -> space(64, 1e-8, 0.001);
        };
    }

    private static List<Parameter> space(int factors, double penalty, double slowest) {
        return List.of(
                IntParameter.log("factor_size", 2, factors),
                FloatParameter.log("reg_param", penalty, 1),
                FloatParameter.log("step_size", slowest, 1));
    }

    @Override
    public List<Parameter> accepted() {
        return List.of(
                IntParameter.uniform("factor_size", 1, Integer.MAX_VALUE),
                FloatParameter.uniform("reg_param", 0, Double.MAX_VALUE),
                FloatParameter.uniform("step_size", 1e-9, Double.MAX_VALUE));
    }

    /** MLlib's defaults come first, without regularisation, which the logarithmic range meets at its lower end. */
    @Override
    public List<Params> firstTrials() {
        return List.of(
                Params.of(Map.of("factor_size", 8L, "reg_param", 1e-6, "step_size", 1.0)),
                Params.of(Map.of("factor_size", 4L, "reg_param", 1e-4, "step_size", 0.05)));
    }

    @Override
    public Transformer fit(Dataset<Row> rows, Params params, TrialSettings settings) {
        return Mllib.fit(
                settings.task() == Task.REGRESSION ? new FMRegressor() : new FMClassifier(),
                Map.of(
                        "factorSize", Math.toIntExact(params.integer("factor_size")),
                        "regParam", params.number("reg_param"),
                        "stepSize", params.number("step_size")),
                rows,
                settings);
    }
}

package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** MLlib's logistic regression with an elastic net, for two or more classes. */
public final class LogisticRegressionLearner implements SparkLearner {
    private static final int MAX_ITERATIONS = 100;

    @Override
    public String name() {
        return "logistic_regression";
    }

    @Override
    public boolean fits(Task task) {
        return task == Task.BINARY || task == Task.MULTICLASS;
    }

    @Override
    public List<Parameter> parameters(Preset preset) {
        return ElasticNet.parameters(preset);
    }

    @Override
    public List<Parameter> accepted() {
        return List.of(
                FloatParameter.uniform("reg_param", 0, Double.MAX_VALUE),
                FloatParameter.uniform("elastic_net_param", 0, 1));
    }

    /** MLlib's default is no regularisation, which the logarithmic range meets at its lower end. */
    @Override
    public List<Params> firstTrials() {
        return List.of(Params.of(Map.of("reg_param", 1e-6, "elastic_net_param", 0.0)));
    }

    @Override
    public Transformer fit(Dataset<Row> rows, Params params, TrialSettings settings) {
        return new LogisticRegression()
                .setFeaturesCol(FEATURES)
                .setLabelCol(LABEL)
                .setWeightCol(WEIGHT)
                .setMaxIter(MAX_ITERATIONS)
                .setRegParam(params.number("reg_param"))
                .setElasticNetParam(params.number("elastic_net_param"))
                .fit(rows);
    }
}

package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * MLlib's linear support vector machine, for two classes. It knows margins and no probabilities: what is read as its probability is
 * the sigmoid of the margin, which orders rows as the margin does and is calibrated by nothing.
 */
public final class LinearSvcLearner implements SparkLearner {
    private static final int MAX_ITERATIONS = 100;

    @Override
    public String name() {
        return "linear_svc";
    }

    @Override
    public boolean fits(Task task) {
        return task == Task.BINARY;
    }

    @Override
    public List<Parameter> parameters(Preset preset) {
        return switch (preset) {
            case FAST -> List.of(FloatParameter.log("reg_param", 1e-4, 1));
            case DEFAULT -> List.of(FloatParameter.log("reg_param", 1e-6, 1));
            case WIDE -> List.of(FloatParameter.log("reg_param", 1e-8, 100));
        };
    }

    @Override
    public List<Parameter> accepted() {
        return List.of(FloatParameter.uniform("reg_param", 0, Double.MAX_VALUE));
    }

    /** MLlib's default is no regularisation, which the logarithmic range meets at its lower end. */
    @Override
    public List<Params> firstTrials() {
        return List.of(Params.of(Map.of("reg_param", 1e-6)));
    }

    @Override
    public Transformer fit(Dataset<Row> rows, Params params, TrialSettings settings) {
        return new LinearSVC()
                .setFeaturesCol(FEATURES)
                .setLabelCol(LABEL)
                .setWeightCol(WEIGHT)
                .setMaxIter(MAX_ITERATIONS)
                .setRegParam(params.number("reg_param"))
                .fit(rows);
    }
}

package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.regression.GeneralizedLinearRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * MLlib's generalized linear regression by iteratively reweighted least squares, with a penalty on squares alone. Counts and amounts
 * have a logarithmic link, so that effects multiply and every prediction is above 0; a number has the identity. MLlib refuses more
 * than 4,096 encoded features.
 */
public final class GeneralizedLinearRegressionLearner implements SparkLearner {
    private static final int MAX_ITERATIONS = 100;

    @Override
    public String name() {
        return "generalized_linear_regression";
    }

    @Override
    public boolean fits(Task task) {
        return task == Task.REGRESSION || task.isPositive();
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
        return family(settings)
                .setFeaturesCol(FEATURES)
                .setLabelCol(LABEL)
                .setWeightCol(WEIGHT)
                .setMaxIter(MAX_ITERATIONS)
                .setRegParam(params.number("reg_param"))
                .fit(rows);
    }

    /** MLlib knows Tweedie's link by its power, of which 0 is the logarithm; its own default is the power 1 − p. */
    private static GeneralizedLinearRegression family(TrialSettings settings) {
        GeneralizedLinearRegression regression = new GeneralizedLinearRegression();
        return switch (settings.task()) {
            case REGRESSION -> regression.setFamily("gaussian").setLink("identity");
            case POISSON -> regression.setFamily("poisson").setLink("log");
            case GAMMA -> regression.setFamily("gamma").setLink("log");
            case TWEEDIE ->
                regression
                        .setFamily("tweedie")
                        .setVariancePower(settings.shape())
                        .setLinkPower(0);
            case BINARY, MULTICLASS, QUANTILE, RANKING ->
                throw new IllegalArgumentException(
                        "Generalized linear regression has no family for " + settings.task());
        };
    }
}

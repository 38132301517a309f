package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gradient boosted trees by XGBoost. The number of rounds is not searched: early stopping finds it.
 *
 * <p>The space is the box in which tuned XGBoost does best on tabular data (TabArena 2025), with a learning rate up to 0.3. After
 * the library's defaults come configurations that zero-shot search found over TabRepo's 200 datasets (AutoGluon's portfolio of
 * 2023), restricted to the space.
 */
public final class XGBoostLearner implements Learner {
    static final String NAME = "xgboost";

    /** One value for all trials, so that they share the quantile cuts of the resident matrix. */
    static final int MAX_BIN = 256;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean fits(Task task) {
        return true;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                FloatParameter.log("learning_rate", 0.02, 0.3),
                IntParameter.uniform("max_depth", 3, 10),
                FloatParameter.log("min_child_weight", 0.5, 20),
                FloatParameter.uniform("subsample", 0.5, 1),
                FloatParameter.uniform("colsample_bytree", 0.5, 1),
                FloatParameter.log("reg_lambda", 1e-3, 10),
                FloatParameter.log("reg_alpha", 1e-3, 10));
    }

    @Override
    public List<String> parameterNames() {
        return List.of(
                "learning_rate",
                "max_depth",
                "min_child_weight",
                "subsample",
                "colsample_bytree",
                "colsample_bylevel",
                "colsample_bynode",
                "reg_lambda",
                "reg_alpha",
                "gamma",
                "max_delta_step",
                "max_leaves",
                "grow_policy",
                "max_cat_to_onehot",
                "max_cat_threshold",
                "scale_pos_weight",
                "tweedie_variance_power");
    }

    @Override
    public boolean takesWholeNumbers(String parameter) {
        return Set.of("max_depth", "max_leaves", "max_cat_to_onehot", "max_cat_threshold")
                .contains(parameter);
    }

    @Override
    public List<Params> firstTrials() {
        return List.of(
                configuration(0.3, 6, 1, 1),
                configuration(0.1, 6, 1, 1),
                configuration(0.0878, 5, 0.629, 0.663),
                configuration(0.0384, 7, 0.556, 0.745),
                configuration(0.0929, 7, 0.804, 0.909),
                configuration(0.0663, 5, 1.409, 0.976));
    }

    private static Params configuration(double learningRate, int depth, double minChildWeight, double columns) {
        return Params.of(Map.of(
                "learning_rate",
                learningRate,
                "max_depth",
                (long) depth,
                "min_child_weight",
                minChildWeight,
                "subsample",
                1.0,
                "colsample_bytree",
                columns,
                "reg_lambda",
                1.0,
                "reg_alpha",
                1e-3));
    }
}

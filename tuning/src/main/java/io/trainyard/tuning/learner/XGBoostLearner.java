package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.Condition;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gradient boosted trees by XGBoost. The number of rounds is not searched: early stopping finds it.
 *
 * <p>The default space is the box in which tuned XGBoost does best on tabular data (TabArena 2025), with a learning rate up to 0.3;
 * the fast one leaves out what made short searches worse (AutoGluon's {@code searchspaces.py}); the wide one is that of Grinsztajn
 * et al. ("Why do tree-based models still outperform deep learning on tabular data?", 2022), with trees that grow by leaves. After
 * the library's defaults come configurations that zero-shot search found over TabRepo's 200 datasets (AutoGluon's portfolio of
 * 2023), restricted to the space.
 */
public final class XGBoostLearner implements Learner {
    static final String NAME = "xgboost";

    /** Which kind of booster is trained: {@code gbtree}, or {@link #DART}. */
    public static final String BOOSTER = "booster";

    /** Trees of which each round leaves out some. It trains all rounds. */
    public static final String DART = "dart";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean fits(Task task) {
        return true;
    }

    @Override
    public List<Parameter> parameters(Preset preset) {
        return switch (preset) {
            case FAST -> fast();
            case DEFAULT ->
                with(
                        fast(),
                        FloatParameter.uniform("subsample", 0.5, 1),
                        FloatParameter.log("reg_lambda", 1e-3, 10),
                        FloatParameter.log("reg_alpha", 1e-3, 10));
            case WIDE -> wide();
        };
    }

    private static List<Parameter> fast() {
        return List.of(
                FloatParameter.log("learning_rate", 0.02, 0.3),
                IntParameter.uniform("max_depth", 3, 10),
                FloatParameter.log("min_child_weight", 0.5, 20),
                FloatParameter.uniform("colsample_bytree", 0.5, 1));
    }

    private static List<Parameter> wide() {
        return List.of(
                FloatParameter.log("learning_rate", 1e-3, 0.7),
                CategoricalParameter.of("grow_policy", "depthwise", "lossguide"),
                IntParameter.uniform("max_depth", 1, 11),
                IntParameter.log("max_leaves", 8, 1024).when(new Condition("grow_policy", Set.of("lossguide"))),
                FloatParameter.log("min_child_weight", 1e-3, 100),
                FloatParameter.uniform("subsample", 0.5, 1),
                FloatParameter.uniform("colsample_bytree", 0.5, 1),
                FloatParameter.uniform("colsample_bylevel", 0.5, 1),
                FloatParameter.log("gamma", 1e-8, 7),
                FloatParameter.log("reg_lambda", 1e-3, 100),
                FloatParameter.log("reg_alpha", 1e-8, 100));
    }

    private static List<Parameter> with(List<Parameter> some, Parameter... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    @Override
    public List<Parameter> accepted() {
        return List.of(
                FloatParameter.uniform("learning_rate", 0, 1),
                countFrom("max_depth", 0),
                FloatParameter.uniform("min_child_weight", 0, Float.MAX_VALUE),
                FloatParameter.uniform("subsample", 0, 1),
                FloatParameter.uniform("colsample_bytree", 0, 1),
                FloatParameter.uniform("colsample_bylevel", 0, 1),
                FloatParameter.uniform("colsample_bynode", 0, 1),
                FloatParameter.uniform("reg_lambda", 0, Float.MAX_VALUE),
                FloatParameter.uniform("reg_alpha", 0, Float.MAX_VALUE),
                FloatParameter.uniform("gamma", 0, Float.MAX_VALUE),
                FloatParameter.uniform("max_delta_step", 0, Float.MAX_VALUE),
                countFrom("max_leaves", 0),
                CategoricalParameter.of("grow_policy", "depthwise", "lossguide"),
                CategoricalParameter.of(BOOSTER, "gbtree", DART),
                FloatParameter.uniform("rate_drop", 0, 1),
                FloatParameter.uniform("skip_drop", 0, 1),
                CategoricalParameter.of("sample_type", "uniform", "weighted"),
                CategoricalParameter.of("normalize_type", "tree", "forest"),
                countFrom("max_cat_to_onehot", 1),
                countFrom("max_cat_threshold", 1),
                FloatParameter.uniform("scale_pos_weight", 0, Float.MAX_VALUE),
                FloatParameter.uniform("tweedie_variance_power", 1, 2));
    }

    private static Parameter countFrom(String name, int low) {
        return IntParameter.uniform(name, low, Integer.MAX_VALUE);
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

    /** Everything else as in the library: values of 0 move to the lower end of a logarithmic range. */
    private static Params configuration(double learningRate, int depth, double minChildWeight, double columns) {
        return Params.of(Map.of(
                "learning_rate",
                learningRate,
                "grow_policy",
                "depthwise",
                "max_depth",
                (long) depth,
                "min_child_weight",
                minChildWeight,
                "subsample",
                1.0,
                "colsample_bytree",
                columns,
                "colsample_bylevel",
                1.0,
                "gamma",
                0.0,
                "reg_lambda",
                1.0,
                "reg_alpha",
                0.0));
    }
}

package io.trainyard.tuning.learner;

import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Params;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What XGBoost is told of one configuration, and what follows from it.
 *
 * @param all by XGBoost's names
 * @param maximize whether more is better of the metric that early stopping watches
 * @param stopsEarly whether the best round is looked for. A round of {@code dart} changes the trees before it, so that a model of
 *     fewer rounds is none that training came through
 * @param pausesInPlace whether a booster that stops on its way can go on without being read back: whether it is known to grow the same
 *     trees then
 */
record BoosterParameters(Map<String, Object> all, boolean maximize, boolean stopsEarly, boolean pausesInPlace) {
    static final String TREE_METHOD = "tree_method";
    static final String HIST = "hist";

    BoosterParameters {
        all = Collections.unmodifiableMap(new TreeMap<>(all));
    }

    /** @param threads threads to train with */
    static BoosterParameters of(TrialSettings settings, Params params, int threads) {
        Watch watch = Watch.of(settings);
        Map<String, Object> all = new TreeMap<>();
        all.put(TREE_METHOD, HIST);
        all.put("max_bin", NativeMatrix.MAX_BIN);
        all.put("objective", objective(settings.task()));
        if (settings.task() == Task.MULTICLASS) {
            all.put("num_class", settings.classes());
        }
        if (settings.task() == Task.TWEEDIE) {
            all.put("tweedie_variance_power", settings.shape());
        }
        if (settings.task() == Task.QUANTILE) {
            all.put("quantile_alpha", settings.shape());
        }
        all.put("eval_metric", watch.name());
        all.put("seed", Math.floorMod(settings.seed(), Integer.MAX_VALUE));
        all.put("seed_per_iteration", true);
        all.put("nthread", threads);
        all.put("verbosity", 0);
        all.putAll(settings.fixed());
        all.putAll(params.values());
        Object booster = all.getOrDefault(XGBoostLearner.BOOSTER, "gbtree");
        boolean growsByHist = HIST.equals(all.get(TREE_METHOD)) && !all.containsKey("updater") && !settings.onGpu();
        return new BoosterParameters(
                all,
                watch.maximize(),
                settings.stopsEarly() && !XGBoostLearner.DART.equals(booster),
                growsByHist && "gbtree".equals(booster));
    }

    /** Of two values of what early stopping watches. */
    boolean isBetter(double value, double than) {
        return maximize ? value > than : value < than;
    }

    static String objective(Task task) {
        return switch (task) {
            case BINARY -> "binary:logistic";
            case MULTICLASS -> "multi:softprob";
            case REGRESSION -> "reg:squarederror";
            case POISSON -> "count:poisson";
            case GAMMA -> "reg:gamma";
            case TWEEDIE -> "reg:tweedie";
            case QUANTILE -> "reg:quantileerror";
            case RANKING -> "rank:ndcg";
        };
    }

    /**
     * XGBoost's own metric that early stopping watches: the study's metric where XGBoost has it, else the nearest that orders
     * rounds alike.
     */
    private record Watch(String name, boolean maximize) {
        static Watch of(TrialSettings settings) {
            boolean several = settings.task() == Task.MULTICLASS;
            Metric metric = settings.metric();
            return switch (metric) {
                case ROC_AUC -> several ? new Watch("mlogloss", false) : new Watch("auc", true);
                case AVERAGE_PRECISION, PRECISION_AT_K, RECALL_AT_K -> new Watch("aucpr", true);
                case ACCURACY -> new Watch(several ? "merror" : "error", false);
                case LOG_LOSS, F1, MCC -> new Watch(several ? "mlogloss" : "logloss", false);
                case BRIER, RMSE, R2 -> new Watch("rmse", false);
                case MAE -> new Watch("mae", false);
                case MAPE -> new Watch("mape", false);
                case POISSON_DEVIANCE -> new Watch("poisson-nloglik", false);
                case GAMMA_DEVIANCE -> new Watch("gamma-deviance", false);
                case TWEEDIE_DEVIANCE -> new Watch("tweedie-nloglik@" + settings.shape(), false);
                case PINBALL_LOSS -> new Watch("quantile", false);
                // XGBoost's own map refuses more than two relevances.
                case NDCG_AT_K, MAP_AT_K -> new Watch("ndcg@" + (int) settings.shape(), true);
            };
        }
    }
}

package io.trainyard.jobs.bench;

import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.learner.XGBoostLearner;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a trial varies. Everything else is the same for all contestants: no sampling of rows or columns, so that the values of two
 * contestants can be equal.
 */
record Configuration(double learningRate, int maxDepth, double lambda) {
    static final double ALPHA = 1e-3;
    static final double MIN_CHILD_WEIGHT = 1;
    static final int MAX_BIN = 256;
    static final int SEED = 7;
    private static final int SHALLOWEST = 4;
    private static final int DEPTHS = 4;

    /** Depths around XGBoost's default of 6, taking turns, so that any few configurations cost what all do on average. */
    static List<Configuration> draw(int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        return IntStream.range(0, count)
                .mapToObj(index -> new Configuration(
                        0.05 * Math.pow(6, random.nextDouble()),
                        SHALLOWEST + index % DEPTHS,
                        Math.pow(10, random.nextDouble())))
                .toList();
    }

    /** The space of a study over XGBoost alone. */
    static SearchSpace space() {
        return new LearnerSpace(List.of(new XGBoostLearner()), Map.of()).space();
    }

    /** A point of {@link #space()}. */
    Params trial() {
        Map<String, Object> values = new TreeMap<>(Map.of("learner", new XGBoostLearner().name()));
        tree().forEach((name, value) -> values.put("xgboost." + name, value));
        return Params.of(values);
    }

    /** Everything that XGBoost is told, by its own names, for one thread. */
    Map<String, Object> nativeParameters() {
        Map<String, Object> all = new TreeMap<>(tree());
        all.put("tree_method", "hist");
        all.put("max_bin", MAX_BIN);
        all.put("objective", "binary:logistic");
        all.put("eval_metric", "auc");
        all.put("seed", SEED);
        all.put("seed_per_iteration", true);
        all.put("nthread", 1);
        all.put("verbosity", 0);
        return all;
    }

    private Map<String, Object> tree() {
        return Map.of(
                "learning_rate", learningRate,
                "max_depth", (long) maxDepth,
                "min_child_weight", MIN_CHILD_WEIGHT,
                "subsample", 1.0,
                "colsample_bytree", 1.0,
                "reg_lambda", lambda,
                "reg_alpha", ALPHA);
    }
}

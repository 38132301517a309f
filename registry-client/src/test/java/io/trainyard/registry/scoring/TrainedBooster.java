package io.trainyard.registry.scoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A booster that XGBoost trained on generated rows, with what XGBoost and we make of others.
 *
 * @param ubj the model file
 */
@SuppressWarnings("ArrayRecordComponent") // Equality is never asked.
record TrainedBooster(byte[] ubj, GeneratedRows data) {
    private static final int ROWS = 1_500;

    /** @param parameters of XGBoost beside those that the objective needs */
    static TrainedBooster train(GeneratedRows data, int rounds, Map<String, ?> parameters) {
        Map<String, Object> all = new TreeMap<>(Map.of("tree_method", "hist", "nthread", 1, "verbosity", 0));
        all.put("objective", data.objective());
        if (data.objective().startsWith("multi:")) {
            all.put("num_class", GeneratedRows.CLASSES);
        }
        if (data.objective().equals("reg:quantileerror")) {
            all.put("quantile_alpha", 0.8);
        }
        all.putAll(parameters);
        try {
            Booster booster = XGBoost.train(data.matrix(data.training(ROWS)), all, rounds, Map.of(), null, null);
            booster.setFeatureNames(data.encoding().columns().toArray(String[]::new));
            return new TrainedBooster(booster.toByteArray("ubj"), data);
        } catch (XGBoostError e) {
            throw new IllegalStateException(e);
        }
    }

    /** XGBoost's own scores, row-major. */
    float[] scoresOfXgboost(float[] rows) {
        return ofXgboost(rows, false);
    }

    /** XGBoost's own margins, row-major. */
    float[] marginsOfXgboost(float[] rows) {
        return ofXgboost(rows, true);
    }

    private float[] ofXgboost(float[] rows, boolean margins) {
        try {
            float[][] scores = XGBoost.loadModel(ubj).predict(data.matrix(rows), margins);
            float[] flat = new float[scores.length * scores[0].length];
            for (int row = 0; row < scores.length; row++) {
                System.arraycopy(scores[row], 0, flat, row * scores[row].length, scores[row].length);
            }
            return flat;
        } catch (XGBoostError e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    float[] ourScores(float[] rows) {
        return ours(read(), rows);
    }

    float[] ourMargins(float[] rows) {
        BoostedTrees booster = read();
        return ours(booster.with(Link.IDENTITY), rows);
    }

    BoostedTrees read() {
        return new BoosterReader(data.encoding()).read(ubj);
    }

    /** Our scores of any number of encoded rows. */
    static float[] ours(BoostedTrees booster, float[] rows) {
        int count = rows.length / booster.width();
        float[] scores = new float[count * booster.scores()];
        for (int first = 0; first < count; first += BoostedTrees.BLOCK) {
            int block = Math.min(BoostedTrees.BLOCK, count - first);
            float[] some = Arrays.copyOfRange(rows, first * booster.width(), (first + block) * booster.width());
            int[] codes = new int[block * booster.forest().width()];
            booster.score(some, block, codes, scores, first * booster.scores());
        }
        return scores;
    }
}

package io.trainyard.registry.scoring;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A booster that XGBoost trained on generated rows, with what XGBoost itself makes of rows.
 *
 * @param ubj the model file
 * @param data of the kind that it was trained on
 */
@SuppressWarnings("ArrayRecordComponent") // Equality is never asked.
record TrainedBooster(byte[] ubj, GeneratedRows data) {

    /** @param parameters of XGBoost, without the number of classes */
    static TrainedBooster train(GeneratedRows data, int rounds, Map<String, ?> parameters) {
        Map<String, Object> all = new TreeMap<>(Map.of("tree_method", "hist", "nthread", 1, "verbosity", 0));
        all.putAll(parameters);
        try {
            DMatrix matrix = data.matrix();
            matrix.setLabel(data.labels((String) all.get("objective")));
            Booster booster = XGBoost.train(matrix, all, rounds, Map.of(), null, null);
            return new TrainedBooster(booster.toByteArray("ubj"), data);
        } catch (XGBoostError e) {
            throw new IllegalStateException(e);
        }
    }

    /** XGBoost's own scores, or the margins before its link. */
    float[] natively(float[] rows, boolean margins) {
        try {
            Booster booster = XGBoost.loadModel(ubj);
            float[][] scores = booster.predict(data.matrix(rows), margins);
            int width = scores[0].length;
            float[] flat = new float[scores.length * width];
            for (int row = 0; row < scores.length; row++) {
                System.arraycopy(scores[row], 0, flat, row * width, width);
            }
            return flat;
        } catch (XGBoostError | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ours, read from the file. */
    BoostedTrees ours() {
        return new BoosterReader(data.categories()).read(ubj);
    }

    /**
     * Generated rows: most columns hold numbers, the last ones codes of categories; a share is missing.
     *
     * @param categories how many each column has, 0 for a number
     */
    @SuppressWarnings("ArrayRecordComponent")
    record GeneratedRows(int count, int[] categories, double missing, long seed) {
        int width() {
            return categories.length;
        }

        /** Row-major. */
        float[] values() {
            return values(seed, count);
        }

        /** Others of the kind, with values that training did not see. */
        float[] others(int rows) {
            float[] values = values(seed + 1, rows);
            for (int i = 0; i < values.length; i += 7) {
                if (!Float.isNaN(values[i]) && categories[i % width()] == 0) {
                    values[i] = i % 2 == 0 ? values[i] * 100 : -0f;
                }
            }
            return values;
        }

        private float[] values(long seed, int rows) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] values = new float[rows * width()];
            for (int i = 0; i < values.length; i++) {
                int known = categories[i % width()];
                values[i] = random.nextDouble() < missing
                        ? Float.NaN
                        : known > 0 ? random.nextInt(known) : (float) Math.rint(random.nextDouble(-5, 5) * 100) / 100;
            }
            return values;
        }

        DMatrix matrix() throws XGBoostError {
            return matrix(values());
        }

        DMatrix matrix(float[] rows) throws XGBoostError {
            DMatrix matrix = new DMatrix(rows, rows.length / width(), width(), Float.NaN);
            matrix.setFeatureTypes(Arrays.stream(categories)
                    .mapToObj(known -> known > 0 ? "c" : "q")
                    .toArray(String[]::new));
            return matrix;
        }

        float[] labels(String objective) {
            SplittableRandom random = new SplittableRandom(seed + 2);
            float[] values = values();
            float[] labels = new float[count];
            for (int row = 0; row < count; row++) {
                double signal = random.nextDouble() - 0.5;
                for (int column = 0; column < width(); column++) {
                    float value = values[row * width() + column];
                    signal += Float.isNaN(value)
                            ? 0.4
                            : categories[column] > 0 ? (value % 3) - 1 : (column % 3 - 1) * Math.sin(value);
                }
                labels[row] = label(objective, signal);
            }
            return labels;
        }

        private static float label(String objective, double signal) {
            return switch (objective) {
                case "binary:logistic" -> signal > 0.3 ? 1 : 0;
                case "multi:softprob" -> signal < -1 ? 0 : signal < 0.5 ? 1 : signal < 2 ? 2 : 3;
                case "count:poisson" -> (float) Math.floor(Math.exp(signal / 4));
                case "reg:gamma" -> (float) Math.exp(signal / 4);
                case "reg:tweedie" -> signal < 0 ? 0 : (float) signal;
                default -> (float) signal;
            };
        }
    }
}

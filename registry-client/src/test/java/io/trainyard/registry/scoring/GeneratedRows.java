package io.trainyard.registry.scoring;

import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.registry.encoding.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Generated rows and labels for an objective of XGBoost.
 *
 * @param categories how many each column has, 0 for a number
 * @param missing the share of values that are missing
 */
record GeneratedRows(String objective, List<Integer> categories, double missing, long seed) {
    static final int CLASSES = 4;

    /** So many columns of numbers. */
    static GeneratedRows numbers(String objective, int columns) {
        return new GeneratedRows(objective, Collections.nCopies(columns, 0), 0.1, 1);
    }

    /** Numbers, and categories from few to many. */
    static GeneratedRows mixed(String objective) {
        return new GeneratedRows(objective, List.of(0, 0, 3, 0, 40, 11, 0, 200, 1), 0.1, 1);
    }

    int width() {
        return categories.size();
    }

    Encoding encoding() {
        List<Feature> features = new ArrayList<>();
        for (int known : categories) {
            String name = (known > 0 ? "kind " : "number ") + features.size();
            features.add(
                    known > 0
                            ? new Feature.CategoryFeature(name, names("category ", known))
                            : new Feature.NumberFeature(name));
        }
        return new Encoding(
                features,
                switch (objective) {
                    case "binary:logistic" -> new Target.ClassTarget("label", List.of("no", "yes"));
                    case "multi:softprob" -> new Target.ClassTarget("label", names("class ", CLASSES));
                    default -> new Target.NumberTarget("label");
                });
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    /** Encoded rows, row-major. */
    float[] training(int rows) {
        return values(seed, rows);
    }

    /** Other encoded rows, some values of which are far from those of training, or −0. */
    float[] others(int rows) {
        float[] values = values(seed + 1, rows);
        for (int i = 0; i < values.length; i += 7) {
            if (!Float.isNaN(values[i]) && categories.get(i % width()) == 0) {
                values[i] = i % 2 == 0 ? values[i] * 1e6f : -0f;
            }
        }
        return values;
    }

    private float[] values(long seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[rows * width()];
        for (int i = 0; i < values.length; i++) {
            int known = categories.get(i % width());
            float value = known > 0 ? random.nextInt(known) : Math.round(random.nextDouble(-5, 5) * 100) / 100f;
            values[i] = random.nextDouble() < missing ? Float.NaN : value;
        }
        return values;
    }

    float[] labels(float[] rows) {
        SplittableRandom random = new SplittableRandom(seed + 2);
        float[] labels = new float[rows.length / width()];
        for (int row = 0; row < labels.length; row++) {
            double signal = random.nextDouble() - 0.5;
            for (int column = 0; column < width(); column++) {
                signal += effect(column, rows[row * width() + column]);
            }
            labels[row] = label(signal);
        }
        return labels;
    }

    private double effect(int column, float value) {
        if (Float.isNaN(value)) {
            return 0.4;
        }
        return categories.get(column) > 0 ? value % 3 - 1 : (column % 3 - 1) * Math.sin(value);
    }

    private float label(double signal) {
        return (float)
                switch (objective) {
                    case "binary:logistic" -> signal > 0.3 ? 1 : 0;
                    case "multi:softprob" -> signal < -1 ? 0 : signal < 0.5 ? 1 : signal < 2 ? 2 : 3;
                    case "count:poisson" -> Math.floor(Math.exp(signal / 4));
                    case "reg:gamma" -> Math.exp(signal / 4);
                    case "reg:tweedie" -> Math.max(signal, 0);
                    default -> signal;
                };
    }

    DMatrix matrix(float[] rows) throws XGBoostError {
        DMatrix matrix = new DMatrix(rows, rows.length / width(), width(), Float.NaN);
        matrix.setFeatureTypes(encoding().columnTypes().toArray(String[]::new));
        matrix.setLabel(labels(rows));
        return matrix;
    }
}

package io.trainyard.jobs.bench;

import io.trainyard.registry.Lineage;
import io.trainyard.registry.bundle.BundleMetadata;
import io.trainyard.registry.bundle.BundleWriter;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.registry.encoding.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A model to score with, and rows for it: numbers, and texts of 20 categories; one value in twenty is missing.
 *
 * @param texts how many of the columns hold texts
 */
record ScoringModel(int trees, int depth, int columns, int texts) {
    private static final int ROWS = 20_000;
    private static final int CATEGORIES = 20;

    /** Writes the bundle of a booster that was trained on such rows. */
    void write(Path directory) throws IOException, XGBoostError {
        Object[][] rows = rows(encoding(), ROWS, 1);
        float[] encoded = new float[ROWS * columns];
        float[] labels = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            encoding().encoder().encode(rows[row], encoded, row * columns);
            labels[row] = label(encoded, row);
        }
        DMatrix matrix = new DMatrix(encoded, ROWS, columns, Float.NaN);
        matrix.setFeatureTypes(encoding().columnTypes().toArray(String[]::new));
        matrix.setLabel(labels);
        Map<String, Object> parameters = Map.of(
                "objective",
                "binary:logistic",
                "tree_method",
                "hist",
                "max_depth",
                depth,
                "learning_rate",
                0.05,
                "verbosity",
                0);
        Booster booster = XGBoost.train(matrix, parameters, trees, Map.of(), null, null);
        Files.createDirectories(directory);
        Files.write(directory.resolve("model.ubj"), booster.toByteArray("ubj"));
        BundleWriter.write(directory, encoding(), new BundleMetadata(lineage(), List.of()));
    }

    /** Raw rows for an encoding, of values that its features take. */
    static Object[][] rows(Encoding encoding, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Object[][] rows = new Object[count][encoding.features().size()];
        for (Object[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                Object value = encoding.features().get(column) instanceof Feature.CategoryFeature category
                        ? category.categories()
                                .get(random.nextInt(category.categories().size()))
                        : (Object) random.nextDouble(-3, 3);
                row[column] = random.nextInt(20) == 0 ? null : value;
            }
        }
        return rows;
    }

    private Encoding encoding() {
        List<String> categories =
                IntStream.range(0, CATEGORIES).mapToObj(i -> "category " + i).toList();
        List<Feature> features = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            features.add(
                    column < texts
                            ? new Feature.CategoryFeature("x" + column, categories)
                            : new Feature.NumberFeature("x" + column));
        }
        return new Encoding(features, new Target.ClassTarget("y", List.of("no", "yes")));
    }

    private float label(float[] rows, int row) {
        double signal = 0;
        for (int column = 0; column < columns; column++) {
            float value = rows[row * columns + column];
            signal += Float.isNaN(value) ? 0.3 : Math.sin((1 + column % 4) * value);
        }
        return signal > 0 ? 1 : 0;
    }

    private static Lineage lineage() {
        return new Lineage(
                List.of(), "bench", 0, 1, "xgboost", Map.of(), "", Map.of("xgboost", "3.1.1"), Instant.EPOCH);
    }
}

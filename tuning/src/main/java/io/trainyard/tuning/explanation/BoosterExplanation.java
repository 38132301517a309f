package io.trainyard.tuning.explanation;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.tuning.ensemble.IsotonicScaling;
import io.trainyard.tuning.learner.BoosterJson;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.matrix.SampledRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** The importance of each column to a booster, measured on rows that it was not fitted on. */
public final class BoosterExplanation {
    private static final int LEAF = -1;
    private static final int PERMUTATIONS = 3;

    /** SHAP values take far longer than predictions, and their means settle sooner. */
    private static final int CONTRIBUTING = 500;

    private final TrialSettings settings;
    private final Booster booster;
    private final IsotonicScaling calibration;
    private final SampledRows rows;

    /** @param calibration what is judged are its probabilities, where it rises, and the booster's own where it does not */
    public BoosterExplanation(TrialSettings settings, Booster booster, IsotonicScaling calibration, SampledRows rows) {
        this.settings = settings;
        this.booster = booster;
        this.calibration = calibration;
        this.rows = rows;
    }

    /** In the order of the columns. */
    public List<ColumnImportance> columns() throws XGBoostError, IOException {
        double[] gain = gain();
        double[] contribution = contribution();
        double[] permutation = permutation();
        List<ColumnImportance> columns = new ArrayList<>();
        for (int column = 0; column < rows.columns().size(); column++) {
            columns.add(new ColumnImportance(
                    rows.columns().get(column), gain[column], contribution[column], permutation[column]));
        }
        return columns;
    }

    /** From the model itself: XGBoost's own text of it does not take categories. */
    private double[] gain() throws XGBoostError, IOException {
        double[] gain = new double[rows.columns().size()];
        double all = 0;
        for (JsonNode tree : model().path("trees")) {
            for (int node = 0; node < tree.path("left_children").size(); node++) {
                if (tree.path("left_children").get(node).asInt() != LEAF) {
                    double change = tree.path("loss_changes").get(node).asDouble();
                    gain[tree.path("split_indices").get(node).asInt()] += change;
                    all += change;
                }
            }
        }
        for (int column = 0; column < gain.length && all > 0; column++) {
            gain[column] /= all;
        }
        return gain;
    }

    /** The trees of {@code dart} are one level deeper. */
    private JsonNode model() throws XGBoostError, IOException {
        JsonNode trees =
                BoosterJson.read(booster.toByteArray("ubj")).path("learner").path("gradient_booster");
        return trees.path("gbtree").isMissingNode()
                ? trees.path("model")
                : trees.path("gbtree").path("model");
    }

    /** XGBoost gives, for each row and class, one value a column and then the bias. */
    private double[] contribution() throws XGBoostError {
        SampledRows some = rows.thinned(CONTRIBUTING);
        DMatrix matrix = some.matrix();
        try {
            int width = rows.columns().size() + 1;
            double[] sums = new double[width - 1];
            for (float[] row : booster.predictContrib(matrix, 0)) {
                for (int i = 0; i < row.length; i++) {
                    if (i % width < width - 1) {
                        sums[i % width] += Math.abs(row[i]);
                    }
                }
            }
            for (int column = 0; column < sums.length; column++) {
                sums[column] /= some.count();
            }
            return sums;
        } finally {
            matrix.dispose();
        }
    }

    private double[] permutation() throws XGBoostError {
        double whole = value(rows);
        double[] worse = new double[rows.columns().size()];
        for (int column = 0; column < worse.length; column++) {
            for (int time = 0; time < PERMUTATIONS; time++) {
                SplittableRandom random = new SplittableRandom(settings.seed() + 31L * column + time);
                double permuted = value(rows.permuted(column, random));
                worse[column] +=
                        (settings.metric().higherIsBetter() ? whole - permuted : permuted - whole) / PERMUTATIONS;
            }
        }
        return worse;
    }

    private double value(SampledRows sample) throws XGBoostError {
        DMatrix matrix = sample.matrix();
        try {
            int width = settings.scores();
            boolean calibrated = calibration.rises();
            float[][] scores = booster.predict(matrix, calibrated);
            double[] flat = new double[scores.length * width];
            for (int row = 0; row < scores.length; row++) {
                for (int score = 0; score < width; score++) {
                    flat[row * width + score] =
                            calibrated ? calibration.probability(scores[row][score]) : scores[row][score];
                }
            }
            return settings.metric().of(settings.predictions(sample.labels(), flat, sample.weights(), sample.groups()));
        } finally {
            matrix.dispose();
        }
    }
}

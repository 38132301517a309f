package io.trainyard.tuning.learner;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.RandomForestRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Estimators and models of MLlib by what their families share: a family's classifier and its regressor have the same, and no type in common. */
final class Mllib {
    private Mllib() {}

    /**
     * Fits an estimator with the columns of {@link SparkLearner}, and with weights, bins and a seed where it has these.
     *
     * @param params by MLlib's names
     */
    static Transformer fit(
            Estimator<?> estimator, Map<String, Object> params, Dataset<Row> rows, TrialSettings settings) {
        params.forEach((name, value) -> estimator.set(estimator.getParam(name), value));
        setIfThere(estimator, "featuresCol", SparkLearner.FEATURES);
        setIfThere(estimator, "labelCol", SparkLearner.LABEL);
        setIfThere(estimator, "weightCol", SparkLearner.WEIGHT);
        setIfThere(estimator, "maxBins", SparkLearner.MAX_BINS);
        setIfThere(estimator, "seed", settings.seed());
        return (Transformer) estimator.fit(rows);
    }

    /** Of models of trees, which have this in common, and no type. */
    static Optional<Vector> gain(Transformer model) {
        if (model instanceof RandomForestClassificationModel forest) {
            return Optional.of(forest.featureImportances());
        }
        if (model instanceof RandomForestRegressionModel forest) {
            return Optional.of(forest.featureImportances());
        }
        if (model instanceof GBTClassificationModel trees) {
            return Optional.of(trees.featureImportances());
        }
        if (model instanceof GBTRegressionModel trees) {
            return Optional.of(trees.featureImportances());
        }
        if (model instanceof DecisionTreeClassificationModel tree) {
            return Optional.of(tree.featureImportances());
        }
        if (model instanceof DecisionTreeRegressionModel tree) {
            return Optional.of(tree.featureImportances());
        }
        return Optional.empty();
    }

    private static void setIfThere(Estimator<?> estimator, String name, Object value) {
        if (estimator.hasParam(name)) {
            estimator.set(estimator.getParam(name), value);
        }
    }
}

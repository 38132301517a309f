package io.trainyard.tuning.learner;

import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fits estimators of MLlib by their parameters' names: a family's classifier and its regressor have the same, and no type in common. */
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

    private static void setIfThere(Estimator<?> estimator, String name, Object value) {
        if (estimator.hasParam(name)) {
            estimator.set(estimator.getParam(name), value);
        }
    }
}

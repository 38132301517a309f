package io.trainyard.tuning.learner;

import io.trainyard.tuning.space.Params;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A family of MLlib: a trial is ordinary Spark jobs over a cached frame with the columns {@link #FEATURES}, {@link #LABEL} and
 * {@link #WEIGHT}. Their names begin with an underscore, which no feature's column does.
 */
public sealed interface SparkLearner extends Learner
        permits LogisticRegressionLearner, LinearRegressionLearner, RandomForestLearner {
    /** A vector of the encoded features, without missing values. */
    String FEATURES = "_features";

    /** Class index or target value, a double. */
    String LABEL = "_encoded_label";

    /** Weight of the row, a double. */
    String WEIGHT = "_weight";

    /**
     * Fits one configuration. The model adds the column {@code prediction}, and {@code probability} for classes.
     *
     * @param params the configuration, by MLlib's names in snake case
     */
    Transformer fit(Dataset<Row> rows, Params params, TrialSettings settings);
}

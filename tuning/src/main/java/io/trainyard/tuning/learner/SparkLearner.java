package io.trainyard.tuning.learner;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;

import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A family of MLlib: a trial is ordinary Spark jobs over a cached frame with the columns {@link #FEATURES}, {@link #LABEL} and
 * {@link #WEIGHT}. Their names begin with an underscore, which no feature's column does.
 */
public sealed interface SparkLearner extends Learner
        permits LogisticRegressionLearner,
                LinearRegressionLearner,
                GeneralizedLinearRegressionLearner,
                RandomForestLearner,
                GbtLearner,
                DecisionTreeLearner,
                LinearSvcLearner,
                NaiveBayesLearner,
                FactorizationMachineLearner,
                MultilayerPerceptronLearner {
    /** A vector of the encoded features, without missing values. */
    String FEATURES = "_features";

    /** Class index or target value, a double. */
    String LABEL = "_encoded_label";

    /**
     * Bins a column for MLlib's trees, as for XGBoost. MLlib finds their bounds on a sample that grows with the square of their number:
     * with its default of 32, what is rare in a column, such as the risk of the few bad ones, often has no bound at all.
     */
    int MAX_BINS = 256;

    /** Weight of the row, a double. */
    String WEIGHT = "_weight";

    /** Which rows are ranked against each other, a long; a smaller one comes before. Only where a training set has groups. */
    String GROUP = "_group";

    /** Which rows are not independent of each other, a long. Only where a training set has units. */
    String UNIT = "_unit";

    /**
     * What a model of Spark ML adds, with {@code probability} also where a model of two classes knows margins alone: their sigmoid.
     *
     * @param predicted by a model for classes, or for a number, which has neither
     */
    static Dataset<Row> withProbability(Dataset<Row> predicted) {
        List<String> columns = List.of(predicted.columns());
        if (columns.contains("probability") || !columns.contains("rawPrediction")) {
            return predicted;
        }
        Column margin =
                functions.vector_to_array(col("rawPrediction"), "float64").getItem(1);
        Column positive = lit(1).divide(lit(1).plus(exp(negate(margin))));
        return predicted.withColumn("probability", functions.array_to_vector(array(lit(1).minus(positive), positive)));
    }

    /**
     * Whether it takes a category as a number of a column that is declared nominal, in ML attributes of {@link #FEATURES}; of at most
     * {@link #MAX_BINS} values. The others would take such a number for a quantity.
     */
    default boolean takesCategories() {
        return false;
    }

    /** What each encoded column's splits gained, as shares; empty for a model without trees. */
    static Optional<Vector> gain(Transformer model) {
        return Mllib.gain(model);
    }

    /**
     * Fits one configuration. The model adds the column {@code prediction}, and for classes {@code probability} or {@code rawPrediction}.
     *
     * @param params the configuration, by MLlib's names in snake case
     */
    Transformer fit(Dataset<Row> rows, Params params, TrialSettings settings);
}

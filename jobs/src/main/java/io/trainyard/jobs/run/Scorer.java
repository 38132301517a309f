package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.udf;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.Calibration;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.tuning.learner.SparkLearner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** A model at work in Spark. */
final class Scorer {
    /** The encoded label of rows of a training set. */
    static final String TARGET = "_target";

    /** XGBoost's parameter for the column of them. */
    private static final String CONTRIBUTIONS = "contribPredictionCol";

    private final Encoding encoding;
    private final Transformer model;
    private final Optional<Calibration> calibration;

    /**
     * @param model takes a dense vector in the column {@value SparkLearner#FEATURES}
     * @param calibration of its margins, where the model's own probabilities do not count
     */
    Scorer(Encoding encoding, Transformer model, Optional<Calibration> calibration) {
        this.encoding = encoding;
        this.model = model;
        this.calibration = calibration;
    }

    /** The model of a bundle, which was verified when it was opened. */
    static Scorer of(Bundle bundle, ModelFiles files) throws IOException {
        return new Scorer(bundle.encoding(), files.read(bundle), bundle.calibration());
    }

    /**
     * The same model, which explains its predictions in the column {@value Contributions#RAW} too.
     *
     * @throws JobException if it is none of XGBoost's
     */
    Scorer explaining(ModelVersion version) {
        if (!model.hasParam(CONTRIBUTIONS)) {
            throw new JobException(
                    "Cannot explain the predictions of version %d of %s: it is a %s, and only XGBoost's models have contributions; remove score.contributions, or score with another version"
                            .formatted(
                                    version.number(),
                                    version.model(),
                                    version.lineage().learner()));
        }
        Transformer explaining = model.copy(ParamMap.empty());
        explaining.set(explaining.getParam(CONTRIBUTIONS), Contributions.RAW);
        return new Scorer(encoding, explaining, calibration);
    }

    /** Spark ML's own columns from rows that are encoded already, in the column {@value SparkLearner#FEATURES}. */
    Dataset<Row> predict(Dataset<Row> encoded) {
        return calibrated(SparkLearner.withProbability(model.transform(encoded)));
    }

    /** What the model takes of a row, a vector. */
    Column encoded(List<FeatureColumn> features) {
        return new EncodedRows(encoding, features).features();
    }

    /** Of an {@link #explaining} model. */
    Column contributions() {
        return Contributions.of(encoding).column();
    }

    /**
     * Spark ML's own columns, {@code prediction}, and {@code probability} for classes, beside columns to keep. The rows' other columns
     * are left behind, since they may have the very names that Spark ML gives its own.
     *
     * @param features says in which columns the features' raw values are
     * @param kept columns of the rows under names that begin with {@code _}
     */
    Dataset<Row> predict(Dataset<Row> rows, List<FeatureColumn> features, Column... kept) {
        List<Column> columns = new ArrayList<>(List.of(kept));
        columns.add(encoded(features).as(SparkLearner.FEATURES));
        return predict(rows.select(columns.toArray(Column[]::new)));
    }

    /** With the probabilities that the calibration makes of the margins, and the class that has the greater one. */
    private Dataset<Row> calibrated(Dataset<Row> predicted) {
        if (calibration.isEmpty()) {
            return predicted;
        }
        Calibration known = calibration.get();
        UDF1<Vector, Vector> calibrate = margins -> {
            double positive = known.probability((float) margins.apply(1));
            return Vectors.dense(1 - positive, positive);
        };
        UDF1<Vector, Double> likelier = probabilities -> (double) probabilities.argmax();
        return predicted
                .withColumn(
                        "probability", udf(calibrate, SQLDataTypes.VectorType()).apply(col("rawPrediction")))
                .withColumn("prediction", udf(likelier, DataTypes.DoubleType).apply(col("probability")));
    }

    /**
     * Predictions on the rows of a training set, to be judged by {@link #TARGET} and {@link TrainingSet#WEIGHT}.
     *
     * @param features as {@link #predict}
     * @param more as {@link #predict}
     */
    Dataset<Row> predictLabelled(Dataset<Row> rows, List<FeatureColumn> features, Column... more) {
        Column label = new EncodedRows(encoding, features).label();
        List<Column> kept = new ArrayList<>(List.of(label.as(TARGET), col(TrainingSet.WEIGHT), col(TrainingSet.KEY)));
        kept.addAll(List.of(more));
        kept.addAll(EncodedRows.groups(rows));
        return predict(rows, features, kept.toArray(Column[]::new));
    }

    /** The encoded label of watched rows, null where it is not known, or none that the model knows. */
    Column knownLabel(List<FeatureColumn> features) {
        return new EncodedRows(encoding, features).knownLabel();
    }

    /** The label that was predicted: the class as the training data wrote it, or the number. */
    Column prediction() {
        List<String> classes = encoding.target().classes();
        if (classes.isEmpty()) {
            return col("prediction");
        }
        Column[] names =
                classes.stream().map(org.apache.spark.sql.functions::lit).toArray(Column[]::new);
        return element_at(array(names), col("prediction").cast("int").plus(1));
    }

    /** The positive class's probability for two classes, all probabilities in the order of the classes for more. */
    Column probability() {
        Column all = functions.vector_to_array(col("probability"), "float64");
        return encoding.target().classes().size() == 2 ? all.getItem(1) : all;
    }

    /** A single value of the prediction, to be watched: the positive class's probability, the class of three or more, or the number. */
    Column watched() {
        return encoding.target().classes().size() == 2 ? probability() : prediction();
    }

    /** An array of the probabilities of all classes, or of the number that is predicted. */
    Column scores() {
        return predictsClasses() ? functions.vector_to_array(col("probability"), "float64") : array(col("prediction"));
    }

    boolean predictsClasses() {
        return !encoding.target().classes().isEmpty();
    }
}

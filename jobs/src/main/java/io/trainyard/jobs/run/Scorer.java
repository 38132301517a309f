package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.tuning.learner.SparkLearner;
import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A model at work in Spark. */
final class Scorer {
    private final Encoding encoding;
    private final Transformer model;

    /** @param model takes a dense vector in the column {@value SparkLearner#FEATURES} */
    Scorer(Encoding encoding, Transformer model) {
        this.encoding = encoding;
        this.model = model;
    }

    /** The model of a bundle, which was verified when it was opened. */
    static Scorer of(Bundle bundle, ModelFiles files) throws IOException {
        return new Scorer(bundle.encoding(), files.read(bundle));
    }

    /**
     * Adds Spark ML's own columns: {@code prediction}, and {@code probability} for classes.
     *
     * @param features says in which columns the features' raw values are
     */
    Dataset<Row> predict(Dataset<Row> rows, List<FeatureColumn> features) {
        EncodedRows encoded = new EncodedRows(encoding, features);
        String[] raw = features.stream().map(FeatureColumn::column).toArray(String[]::new);
        // The raw columns go first: a feature may be called what the model calls its prediction.
        return model.transform(
                rows.withColumn(SparkLearner.FEATURES, encoded.features()).drop(raw));
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

    boolean predictsClasses() {
        return !encoding.target().classes().isEmpty();
    }
}

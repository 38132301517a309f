package io.trainyard.features.build;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The examples of a training set, be it a version already or not yet.
 *
 * @param rows with the columns that {@link TrainingSet} names and one per feature
 * @param label the name of what is predicted
 * @param features in the order that a model will have
 */
public record ExampleSet(Dataset<Row> rows, String label, List<FeatureColumn> features) {
    public ExampleSet {
        features = List.copyOf(features);
    }
}

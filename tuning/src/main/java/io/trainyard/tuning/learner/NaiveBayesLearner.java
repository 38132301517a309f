package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * MLlib's naive Bayes with normal distributions, which take any number; the other kinds want counts. It has nothing to search: one trial
 * says all.
 */
public final class NaiveBayesLearner implements SparkLearner {
    @Override
    public String name() {
        return "naive_bayes";
    }

    @Override
    public boolean fits(Task task) {
        return task == Task.BINARY || task == Task.MULTICLASS;
    }

    @Override
    public List<Parameter> parameters(Preset preset) {
        return List.of();
    }

    @Override
    public List<Parameter> accepted() {
        return List.of();
    }

    @Override
    public List<Params> firstTrials() {
        return List.of(Params.empty());
    }

    @Override
    public Transformer fit(Dataset<Row> rows, Params params, TrialSettings settings) {
        return new NaiveBayes()
                .setFeaturesCol(FEATURES)
                .setLabelCol(LABEL)
                .setWeightCol(WEIGHT)
                .setModelType("gaussian")
                .fit(rows);
    }
}

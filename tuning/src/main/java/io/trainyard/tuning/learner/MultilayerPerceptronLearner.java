package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** MLlib's multilayer perceptron for classes: sigmoid layers of one width, then a softmax. It takes no weights. */
public final class MultilayerPerceptronLearner implements SparkLearner {
    @Override
    public String name() {
        return "multilayer_perceptron";
    }

    @Override
    public boolean fits(Task task) {
        return task == Task.BINARY || task == Task.MULTICLASS;
    }

    @Override
    public boolean takesWeights() {
        return false;
    }

    @Override
    public List<Parameter> parameters(Preset preset) {
        return switch (preset) {
            case FAST -> space(1, 32, 100);
            case DEFAULT -> space(2, 64, 200);
            case WIDE -> space(3, 256, 500);
        };
    }

    private static List<Parameter> space(int layers, int units, int iterations) {
        return List.of(
                IntParameter.uniform("hidden_layers", 1, layers),
                IntParameter.log("hidden_units", 4, units),
                IntParameter.log("max_iter", 30, iterations));
    }

    @Override
    public List<Parameter> accepted() {
        return List.of(
                IntParameter.uniform("hidden_layers", 0, 100),
                IntParameter.uniform("hidden_units", 1, Integer.MAX_VALUE),
                IntParameter.uniform("max_iter", 1, Integer.MAX_VALUE));
    }

    /** MLlib has no default for its layers; its 100 iterations end early, where the loss no longer moves. */
    @Override
    public List<Params> firstTrials() {
        return List.of(
                Params.of(Map.of("hidden_layers", 1L, "hidden_units", 16L, "max_iter", 100L)),
                Params.of(Map.of("hidden_layers", 1L, "hidden_units", 32L, "max_iter", 50L)));
    }

    @Override
    public Transformer fit(Dataset<Row> rows, Params params, TrialSettings settings) {
        return new MultilayerPerceptronClassifier()
                .setFeaturesCol(FEATURES)
                .setLabelCol(LABEL)
                .setLayers(layers(rows, params, settings.classes()))
                .setMaxIter(Math.toIntExact(params.integer("max_iter")))
                .setSeed(settings.seed())
                .fit(rows);
    }

    private static int[] layers(Dataset<Row> rows, Params params, int classes) {
        int[] layers = new int[Math.toIntExact(params.integer("hidden_layers")) + 2];
        Arrays.fill(layers, Math.toIntExact(params.integer("hidden_units")));
        layers[0] = rows.first().<Vector>getAs(FEATURES).size();
        layers[layers.length - 1] = classes;
        return layers;
    }
}

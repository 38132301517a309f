package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.regression.DecisionTreeRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** MLlib's single decision tree: the one model here that can be read. */
public final class DecisionTreeLearner implements SparkLearner {
    @Override
    public String name() {
        return "decision_tree";
    }

    @Override
    public boolean fits(Task task) {
        return task == Task.BINARY || task == Task.MULTICLASS || task == Task.REGRESSION;
    }

    @Override
    public boolean takesCategories() {
        return true;
    }

    @Override
    public List<Parameter> parameters(Preset preset) {
        return switch (preset) {
            case FAST -> space(8, 100);
            case DEFAULT -> space(14, 200);
            case WIDE -> space(25, 1_000);
        };
    }

    private static List<Parameter> space(int depth, int instances) {
        return List.of(
                IntParameter.uniform("max_depth", 2, depth), IntParameter.log("min_instances_per_node", 1, instances));
    }

    @Override
    public List<Parameter> accepted() {
        return List.of(
                IntParameter.uniform("max_depth", 0, 30),
                IntParameter.uniform("min_instances_per_node", 1, Integer.MAX_VALUE));
    }

    /** MLlib's defaults come first. */
    @Override
    public List<Params> firstTrials() {
        return List.of(
                Params.of(Map.of("max_depth", 5L, "min_instances_per_node", 1L)),
                Params.of(Map.of("max_depth", 8L, "min_instances_per_node", 20L)));
    }

    @Override
    public Transformer fit(Dataset<Row> rows, Params params, TrialSettings settings) {
        return Mllib.fit(
                settings.task() == Task.REGRESSION ? new DecisionTreeRegressor() : new DecisionTreeClassifier(),
                Map.of(
                        "maxDepth", Math.toIntExact(params.integer("max_depth")),
                        "minInstancesPerNode", Math.toIntExact(params.integer("min_instances_per_node"))),
                rows,
                settings);
    }
}

package io.trainyard.tuning.learner;

import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.Optional;

/** A family of models with a search space. Parameter names are the library's own. */
public sealed interface Learner permits XGBoostLearner, SparkLearner {
    /** Every learner there is. */
    static List<Learner> all() {
        return List.of(
                new XGBoostLearner(),
                new LogisticRegressionLearner(),
                new LinearRegressionLearner(),
                new GeneralizedLinearRegressionLearner(),
                new RandomForestLearner(),
                new GbtLearner(),
                new DecisionTreeLearner(),
                new LinearSvcLearner(),
                new NaiveBayesLearner(),
                new FactorizationMachineLearner(),
                new MultilayerPerceptronLearner());
    }

    /** The learner of this name, as pipeline files write it. */
    static Optional<Learner> named(String name) {
        return all().stream().filter(learner -> learner.name().equals(name)).findFirst();
    }

    /** Name in pipeline files and in trials, such as {@code xgboost}. */
    String name();

    /** Whether it can learn this kind of label. */
    boolean fits(Task task);

    /** Whether rows may weigh differently. */
    default boolean takesWeights() {
        return true;
    }

    /** The search space of a preset; a parent comes before its conditional children. */
    List<Parameter> parameters(Preset preset);

    /** Every parameter that a pipeline file may give, with all the values that the library takes for it. */
    List<Parameter> accepted();

    /** All values that the library takes for a parameter; empty for a parameter that may not be given. */
    default Optional<Parameter> accepted(String parameter) {
        return accepted().stream()
                .filter(known -> known.name().equals(parameter))
                .findFirst();
    }

    /** What a study tries first: the library's own defaults, then configurations known to be good elsewhere. */
    List<Params> firstTrials();
}

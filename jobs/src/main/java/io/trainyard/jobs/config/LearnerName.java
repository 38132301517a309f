package io.trainyard.jobs.config;

import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.metric.Task;
import java.util.Locale;

/** The families of models, by the names that a pipeline file uses. */
public enum LearnerName {
    XGBOOST,
    LOGISTIC_REGRESSION,
    LINEAR_REGRESSION,
    GENERALIZED_LINEAR_REGRESSION,
    RANDOM_FOREST,
    GBT,
    DECISION_TREE,
    LINEAR_SVC,
    NAIVE_BAYES,
    FACTORIZATION_MACHINE,
    MULTILAYER_PERCEPTRON;

    /** Whether the family can predict this. */
    public boolean fits(Task task) {
        return learner().fits(task);
    }

    /** Whether rows may weigh differently. */
    boolean takesWeights() {
        return learner().takesWeights();
    }

    private Learner learner() {
        return Learner.named(toString()).orElseThrow();
    }

    /** The name in the file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

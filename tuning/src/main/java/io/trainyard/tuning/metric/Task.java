package io.trainyard.tuning.metric;

/** What is predicted, which decides the metrics that fit. */
public enum Task {
    /** Two classes; the score is the probability of class 1. */
    BINARY,
    /** Three classes or more; the scores are one probability a class. */
    MULTICLASS,
    /** A number; the score is its expectation. */
    REGRESSION,
    /** A count, or a rate of counts, at least 0; the score is its expectation, above 0. */
    POISSON,
    /** A positive amount whose spread grows with it; the score is its expectation, above 0. */
    GAMMA,
    /** An amount that often is 0, such as the claims of a policy; the score is its expectation, above 0. */
    TWEEDIE,
    /** A number; the score is what it does not exceed with a given probability. */
    QUANTILE,
    /** How relevant a row is to its group, from 0 on; scores order the rows of a group, and mean nothing between groups. */
    RANKING;

    /** Whether a number is predicted, and no class. */
    public boolean isNumber() {
        return this != BINARY && this != MULTICLASS;
    }

    /** Whether the number is an expectation above 0, of which the logarithm is modelled. */
    public boolean isPositive() {
        return this == POISSON || this == GAMMA || this == TWEEDIE;
    }
}

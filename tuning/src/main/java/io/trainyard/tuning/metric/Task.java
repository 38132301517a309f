package io.trainyard.tuning.metric;

/** What is predicted, which decides the metrics that fit. */
public enum Task {
    /** Two classes; the score is the probability of class 1. */
    BINARY,
    /** Three classes or more; the scores are one probability a class. */
    MULTICLASS,
    /** A number; the score is that number. */
    REGRESSION
}

package io.trainyard.tuning.metric;

import java.util.Arrays;

/**
 * What was predicted for rows, and what was true.
 *
 * <p>The arrays are kept, not copied, since they are as long as the data; whoever hands them over leaves them unchanged.
 *
 * @param label one a row: the class index (0, 1, …), or the number for regression
 * @param scores row-major, {@code classes} a row: the probability of class 1, the predicted number, or one probability a
 *     class; scores that are not finite are accepted and make every metric {@code NaN}
 * @param classes scores per row: 1 for binary classification and regression, 3 or more for more classes
 * @param weight one a row, at least 0
 * @param shape what the metric itself is shaped by: the quantile of a pinball loss, the power of a Tweedie deviance, k of a metric at
 *     k; NaN for others
 * @param groups which rows are ranked against each other, and which are not independent
 */
@SuppressWarnings("ArrayRecordComponent") // Rows by the million; a record names its parts, and equality is never asked.
public record Predictions(double[] label, double[] scores, int classes, double[] weight, double shape, Groups groups) {

    /** Without groups. */
    public Predictions(double[] label, double[] scores, int classes, double[] weight, double shape) {
        this(label, scores, classes, weight, shape, Groups.NONE);
    }

    /** For metrics that have no shape. */
    public Predictions(double[] label, double[] scores, int classes, double[] weight) {
        this(label, scores, classes, weight, Double.NaN);
    }

    public Predictions {
        if (classes < 1 || classes == 2) {
            throw new IllegalArgumentException(
                    "Cannot measure predictions with %d scores a row: give 1 for two classes or a number, else 3 or more"
                            .formatted(classes));
        }
        if (label.length == 0) {
            throw new IllegalArgumentException("Cannot measure predictions: there are no rows");
        }
        requireLength("scores", scores.length, (long) label.length * classes);
        requireLength("weights", weight.length, label.length);
        requireLength("groups", groups.groups(label.length).length, label.length);
        requireLength("units", groups.units(label.length).length, label.length);
        for (int row = 0; row < label.length; row++) {
            if (!Double.isFinite(label[row])) {
                throw new IllegalArgumentException(
                        "Label of row %d is %s: it must be finite".formatted(row, label[row]));
            }
            if (!(weight[row] >= 0 && weight[row] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "Weight of row %d is %s: it must be finite and at least 0".formatted(row, weight[row]));
            }
        }
    }

    /** Rows that all weigh 1. */
    public static Predictions unweighted(double[] label, double[] scores, int classes) {
        double[] weight = new double[label.length];
        Arrays.fill(weight, 1);
        return new Predictions(label, scores, classes, weight);
    }

    public int rows() {
        return label.length;
    }

    boolean finite() {
        return Arrays.stream(scores).allMatch(Double::isFinite);
    }

    /** The number of distinct classes that labels may have: 2 where one probability is given. */
    int labelClasses() {
        return Math.max(2, classes);
    }

    /** The label of each row as a class index. */
    int[] labelIndices() {
        int[] indices = new int[rows()];
        for (int row = 0; row < indices.length; row++) {
            indices[row] = (int) label[row];
            if (indices[row] != label[row] || indices[row] < 0 || indices[row] >= labelClasses()) {
                throw new IllegalArgumentException("Label of row %d is %s: it must be the index of one of %d classes"
                        .formatted(row, label[row], labelClasses()));
            }
        }
        return indices;
    }

    /** The scores, after checking that they can be probabilities. */
    double[] probabilities() {
        for (int index = 0; index < scores.length; index++) {
            if (!(scores[index] >= 0 && scores[index] <= 1)) {
                throw new IllegalArgumentException("Score of row %d is %s: it must be a probability from 0 to 1"
                        .formatted(index / classes, scores[index]));
            }
        }
        return scores;
    }

    /** The scores, after checking that there is one a row. */
    double[] singleScores() {
        if (classes != 1) {
            throw new IllegalArgumentException("The metric needs one score a row, and there are " + classes);
        }
        return scores;
    }

    /** How many of each group a metric at k looks at. */
    int top() {
        if (!(shape >= 1 && shape == (int) shape)) {
            throw new IllegalArgumentException(
                    "The metric looks at the first %s of each group: it must be a whole number from 1 on"
                            .formatted(shape));
        }
        return (int) shape;
    }

    /** Checks that each label can be the relevance of its row. */
    void requireRelevance() {
        singleScores();
        for (int row = 0; row < label.length; row++) {
            if (label[row] < 0) {
                throw new IllegalArgumentException(
                        "Label of row %d is %s: a relevance must be at least 0".formatted(row, label[row]));
            }
        }
    }

    /** The scores of one class, one a row. */
    double[] scoresOf(int column) {
        double[] one = new double[rows()];
        for (int row = 0; row < one.length; row++) {
            one[row] = scores[row * classes + column];
        }
        return one;
    }

    private static void requireLength(String what, int found, long expected) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "Cannot measure predictions: found %d %s, expected %d".formatted(found, what, expected));
        }
    }
}

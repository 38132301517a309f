package io.trainyard.tuning.metric;

import java.util.function.DoubleUnaryOperator;

/** Metrics that are a weighted mean of one loss a row, or a function of that mean. */
final class RowLoss {

    /** The spacing of doubles at 1, scikit-learn's guard against the logarithm of 0 and division by 0. */
    private static final double EPSILON = Math.ulp(1.0);

    private RowLoss() {}

    static WeightedMetric logLoss(Predictions predictions) {
        int[] label = predictions.labelIndices();
        double[] probability = predictions.probabilities();
        double[] loss = new double[label.length];
        for (int row = 0; row < loss.length; row++) {
            loss[row] = -Math.log(clipped(ofLabel(probability, predictions.classes(), row, label[row])));
        }
        return mean(loss);
    }

    static WeightedMetric brier(Predictions predictions) {
        int[] label = predictions.labelIndices();
        predictions.singleScores();
        double[] probability = predictions.probabilities();
        double[] loss = new double[label.length];
        for (int row = 0; row < loss.length; row++) {
            loss[row] = square(probability[row] - label[row]);
        }
        return mean(loss, DoubleUnaryOperator.identity());
    }

    static WeightedMetric rmse(Predictions predictions) {
        double[] loss = absoluteErrors(predictions);
        for (int row = 0; row < loss.length; row++) {
            loss[row] = square(loss[row]);
        }
        return mean(loss, Math::sqrt);
    }

    static WeightedMetric mae(Predictions predictions) {
        return mean(absoluteErrors(predictions), DoubleUnaryOperator.identity());
    }

    static WeightedMetric mape(Predictions predictions) {
        double[] loss = absoluteErrors(predictions);
        for (int row = 0; row < loss.length; row++) {
            loss[row] /= Math.max(Math.abs(predictions.label()[row]), EPSILON);
        }
        return mean(loss, DoubleUnaryOperator.identity());
    }

    static WeightedMetric pinball(Predictions predictions) {
        double quantile = predictions.shape();
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException(
                    "Quantile of a pinball loss is %s: must lie between 0 and 1".formatted(quantile));
        }
        double[] predicted = predictions.singleScores();
        double[] loss = new double[predicted.length];
        for (int row = 0; row < loss.length; row++) {
            double above = predictions.label()[row] - predicted[row];
            loss[row] = Math.max(quantile * above, (quantile - 1) * above);
        }
        return mean(loss);
    }

    static WeightedMetric mean(double[] loss) {
        return mean(loss, DoubleUnaryOperator.identity());
    }

    private static WeightedMetric mean(double[] loss, DoubleUnaryOperator outer) {
        return weight -> {
            double sum = 0;
            double total = 0;
            for (int row = 0; row < loss.length; row++) {
                sum += weight[row] * loss[row];
                total += weight[row];
            }
            return outer.applyAsDouble(sum / total);
        };
    }

    private static double[] absoluteErrors(Predictions predictions) {
        double[] predicted = predictions.singleScores();
        double[] error = new double[predicted.length];
        for (int row = 0; row < error.length; row++) {
            error[row] = Math.abs(predicted[row] - predictions.label()[row]);
        }
        return error;
    }

    private static double ofLabel(double[] probability, int classes, int row, int label) {
        if (classes == 1) {
            return label == 1 ? probability[row] : 1 - probability[row];
        }
        return probability[row * classes + label];
    }

    private static double clipped(double probability) {
        return Math.min(Math.max(probability, EPSILON), 1 - EPSILON);
    }

    private static double square(double value) {
        return value * value;
    }
}

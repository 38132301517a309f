package io.trainyard.tuning.ensemble;

import io.trainyard.tuning.ensemble.Selection.Fold;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Predictions;
import io.trainyard.tuning.metric.Task;
import java.util.Arrays;

/** From margins, which boosters add up, to the scores that metrics judge. */
public final class Margins {
    private Margins() {}

    /**
     * Predictions of these margins on the rows of a fold.
     *
     * @param margins row-major, as many a row as the task has scores
     */
    public static Predictions predictions(TrialSettings settings, Fold rows, double[] margins) {
        return settings.predictions(
                rows.label(), scores(settings.task(), margins, settings.scores()), rows.weight(), rows.groups());
    }

    static double[] scores(Task task, double[] margins, int width) {
        return switch (task) {
            case BINARY -> sigmoid(margins);
            case MULTICLASS -> softmax(margins, width);
            case REGRESSION, QUANTILE, RANKING -> margins;
            case POISSON, GAMMA, TWEEDIE ->
                Arrays.stream(margins).map(Math::exp).toArray();
        };
    }

    static double sigmoid(double margin) {
        return 1 / (1 + Math.exp(-margin));
    }

    private static double[] sigmoid(double[] margins) {
        double[] scores = new double[margins.length];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = sigmoid(margins[row]);
        }
        return scores;
    }

    private static double[] softmax(double[] margins, int width) {
        double[] scores = new double[margins.length];
        for (int first = 0; first < scores.length; first += width) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int column = 0; column < width; column++) {
                largest = Math.max(largest, margins[first + column]);
            }
            double sum = 0;
            for (int column = 0; column < width; column++) {
                scores[first + column] = Math.exp(margins[first + column] - largest);
                sum += scores[first + column];
            }
            for (int column = 0; column < width; column++) {
                scores[first + column] /= sum;
            }
        }
        return scores;
    }
}

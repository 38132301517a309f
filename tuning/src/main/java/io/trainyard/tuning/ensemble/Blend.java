package io.trainyard.tuning.ensemble;

import io.trainyard.tuning.ensemble.Selection.Chosen;
import io.trainyard.tuning.ensemble.Selection.Fold;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Task;
import java.io.Serializable;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Which of a study's best trials to average, and how to calibrate the mean, by their margins on the validation rows.
 *
 * @param chosen how often each candidate is in the mean: one alone where no mean is better
 * @param scaling of its margins to probabilities; the identity for other tasks than two classes
 * @param isotonic the same by isotonic regression; none for other tasks than two classes
 */
public record Blend(Chosen chosen, PlattScaling scaling, IsotonicScaling isotonic) implements Serializable {
    /** @param rounds additions that are tried */
    public static Blend of(TrialSettings settings, List<Fold> folds, int rounds) {
        Chosen chosen = new Selection(settings, folds).choose(rounds);
        return settings.task() == Task.BINARY
                ? calibrated(chosen, folds)
                : new Blend(chosen, PlattScaling.identity(), IsotonicScaling.none());
    }

    /** Fitted on all folds together: each row's margin is of a model that was not fitted on it. */
    private static Blend calibrated(Chosen chosen, List<Fold> folds) {
        double[] label = joined(folds.stream().map(Fold::label).toList());
        double[] margin = joined(folds.stream().map(fold -> mean(chosen, fold)).toList());
        double[] weight = joined(folds.stream().map(Fold::weight).toList());
        return new Blend(chosen, PlattScaling.fit(label, margin, weight), IsotonicScaling.fit(label, margin, weight));
    }

    private static double[] mean(Chosen chosen, Fold fold) {
        double[] mean = new double[fold.label().length];
        for (int candidate = 0; candidate < fold.margins().size(); candidate++) {
            double weight = chosen.weight(candidate);
            double[] margins = fold.margins().get(candidate);
            for (int row = 0; row < mean.length; row++) {
                mean[row] += weight * margins[row];
            }
        }
        return mean;
    }

    private static double[] joined(List<double[]> arrays) {
        return arrays.stream().flatMapToDouble(DoubleStream::of).toArray();
    }
}

package io.trainyard.tuning.ensemble;

import io.trainyard.tuning.ensemble.Selection.Chosen;
import io.trainyard.tuning.ensemble.Selection.Fold;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Task;
import java.io.Serializable;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Which of a study's best trials to average, and how to scale the mean, by their margins on the validation rows.
 *
 * @param chosen how often each candidate is in the mean: one alone where no mean is better
 * @param scaling of its margins to probabilities; the identity for other tasks than two classes
 */
public record Blend(Chosen chosen, PlattScaling scaling) implements Serializable {
    /** @param rounds additions that are tried */
    public static Blend of(TrialSettings settings, List<Fold> folds, int rounds) {
        Chosen chosen = new Selection(settings, folds).choose(rounds);
        return new Blend(chosen, settings.task() == Task.BINARY ? scaling(chosen, folds) : PlattScaling.identity());
    }

    /** Fitted on all folds together: each row's margin is of a model that was not fitted on it. */
    private static PlattScaling scaling(Chosen chosen, List<Fold> folds) {
        return PlattScaling.fit(
                joined(folds.stream().map(Fold::label).toList()),
                joined(folds.stream().map(fold -> mean(chosen, fold)).toList()),
                joined(folds.stream().map(Fold::weight).toList()));
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

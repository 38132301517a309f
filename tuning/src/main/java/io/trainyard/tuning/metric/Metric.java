package io.trainyard.tuning.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * A measure of predictions, with the definitions of scikit-learn: same names, same numbers.
 *
 * <p>A value that the rows leave undefined is {@code NaN}, where scikit-learn warns and returns a constant: no positive
 * or no negative row for {@link #ROC_AUC}, no positive row for {@link #AVERAGE_PRECISION}, a single class among the labels
 * for {@link #MCC}, neither a positive label nor a positive prediction for {@link #F1}, equal labels for {@link #R2}, a
 * total weight of zero, no relevant row for {@link #NDCG_AT_K} and {@link #MAP_AT_K}, or a score that is not finite. A class without rows is left out of a macro average.
 */
public enum Metric {
    /** Area under the ROC curve by the trapezoid rule, so that a tie counts one half; one-vs-rest macro for classes. */
    ROC_AUC,
    /** Sum over thresholds of (R<sub>n</sub> − R<sub>n−1</sub>) P<sub>n</sub>, without interpolation. */
    AVERAGE_PRECISION,
    /** Mean negative log-likelihood, natural logarithm, probabilities clipped to [2⁻⁵², 1 − 2⁻⁵²]. */
    LOG_LOSS,
    /** Mean squared difference between the probability and the label. */
    BRIER,
    /** Share of rows whose predicted class is right. The class is the likeliest; class 1 of two needs more than 0.5. */
    ACCURACY,
    /** Harmonic mean of precision and recall of class 1; the unweighted mean over the classes for more than two. */
    F1,
    /** Matthews correlation coefficient, in its multiclass form (Gorodkin 2004) for more than two classes. */
    MCC,
    /** Root of the mean squared error, in the label's unit. */
    RMSE,
    /** Mean absolute error, in the label's unit. */
    MAE,
    /** Mean absolute error relative to the label, as a fraction; labels nearer to zero than 2⁻⁵² count as 2⁻⁵². */
    MAPE,
    /** Share of the labels' variance that is explained: 1 for perfect predictions, 0 for the mean, no lower bound. */
    R2,
    /** Mean of 2 (y ln(y / μ) − y + μ), 0 for perfect predictions. */
    POISSON_DEVIANCE,
    /** Mean of 2 (ln(μ / y) + y / μ − 1), 0 for perfect predictions. */
    GAMMA_DEVIANCE,
    /** Mean of 2 (y²⁻ᵖ / ((1 − p)(2 − p)) − y μ¹⁻ᵖ / (1 − p) + μ²⁻ᵖ / (2 − p)) with the power p of the study, between 1 and 2. */
    TWEEDIE_DEVIANCE,
    /** Mean of α (y − q) where the label is above the prediction, and (1 − α) (q − y) elsewhere, with the quantile α of the study. */
    PINBALL_LOSS,
    /** Share of the k units with the highest scores of a group that are positive, the mean over the groups; {@link TopUnits}. */
    PRECISION_AT_K,
    /** Share of the positive units of a group that are among the k with the highest scores, the mean over the groups. */
    RECALL_AT_K,
    /** Normalized discounted cumulative gain of the first k rows of a group, the mean over the groups; {@link RankedGroups}. */
    NDCG_AT_K,
    /** Average precision of the first k rows of a group, the mean over the groups. */
    MAP_AT_K;

    /**
     * The metric of that name, as a pipeline file writes it, such as {@code roc_auc}.
     *
     * @throws IllegalArgumentException for an unknown name, with the nearest and all known ones
     */
    public static Metric named(String name) {
        return Arrays.stream(values())
                .filter(metric -> metric.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown metric '%s' (did you mean '%s'?): known are %s"
                        .formatted(name, nearest(name), known())));
    }

    /** The metric to optimise where the user names none. */
    public static Metric defaultFor(Task task) {
        return switch (task) {
            case BINARY -> ROC_AUC;
            case MULTICLASS -> LOG_LOSS;
            case REGRESSION -> RMSE;
            case POISSON -> POISSON_DEVIANCE;
            case GAMMA -> GAMMA_DEVIANCE;
            case TWEEDIE -> TWEEDIE_DEVIANCE;
            case QUANTILE -> PINBALL_LOSS;
            case RANKING -> NDCG_AT_K;
        };
    }

    /** Whether the metric measures predictions of this kind. */
    public boolean fits(Task task) {
        return switch (this) {
            case ROC_AUC, LOG_LOSS, ACCURACY, F1, MCC -> !task.isNumber();
            case AVERAGE_PRECISION, BRIER, PRECISION_AT_K, RECALL_AT_K -> task == Task.BINARY;
            case RMSE, R2 -> task.isNumber() && task != Task.QUANTILE && task != Task.RANKING;
            case MAE, MAPE -> task.isNumber() && task != Task.RANKING;
            case POISSON_DEVIANCE -> task == Task.POISSON;
            case GAMMA_DEVIANCE -> task == Task.GAMMA;
            case TWEEDIE_DEVIANCE -> task == Task.TWEEDIE;
            case PINBALL_LOSS -> task == Task.QUANTILE;
            case NDCG_AT_K, MAP_AT_K -> task == Task.RANKING;
        };
    }

    /** The metrics that fit, in the order of declaration. */
    public static List<Metric> fitting(Task task) {
        return Arrays.stream(values()).filter(metric -> metric.fits(task)).toList();
    }

    public boolean higherIsBetter() {
        return switch (this) {
            case ROC_AUC, AVERAGE_PRECISION, ACCURACY, F1, MCC, R2, PRECISION_AT_K, RECALL_AT_K, NDCG_AT_K, MAP_AT_K ->
                true;
            case LOG_LOSS, BRIER, RMSE, MAE, MAPE, POISSON_DEVIANCE, GAMMA_DEVIANCE, TWEEDIE_DEVIANCE, PINBALL_LOSS ->
                false;
        };
    }

    /**
     * The value over all rows, each with its weight; {@code NaN} where it is undefined.
     *
     * @throws IllegalArgumentException when the labels or scores are not what this metric measures, naming the row
     */
    public double of(Predictions predictions) {
        return over(predictions).under(predictions.weight());
    }

    /** The metric with all work done that does not depend on the weights. */
    WeightedMetric over(Predictions predictions) {
        if (!predictions.finite()) {
            return weight -> Double.NaN;
        }
        return switch (this) {
            case ROC_AUC -> Ranking.rocAuc(predictions);
            case AVERAGE_PRECISION -> Ranking.averagePrecision(predictions);
            case LOG_LOSS -> RowLoss.logLoss(predictions);
            case BRIER -> RowLoss.brier(predictions);
            case ACCURACY -> Confusion.of(predictions, Confusion::accuracy);
            case F1 -> Confusion.of(predictions, Confusion::f1);
            case MCC -> Confusion.of(predictions, Confusion::mcc);
            case RMSE -> RowLoss.rmse(predictions);
            case MAE -> RowLoss.mae(predictions);
            case MAPE -> RowLoss.mape(predictions);
            case R2 -> Determination.r2(predictions);
            case POISSON_DEVIANCE -> Deviance.poisson(predictions);
            case GAMMA_DEVIANCE -> Deviance.gamma(predictions);
            case TWEEDIE_DEVIANCE -> Deviance.tweedie(predictions);
            case PINBALL_LOSS -> RowLoss.pinball(predictions);
            case PRECISION_AT_K -> TopUnits.precision(predictions);
            case RECALL_AT_K -> TopUnits.recall(predictions);
            case NDCG_AT_K -> RankedGroups.ndcg(predictions);
            case MAP_AT_K -> RankedGroups.meanAveragePrecision(predictions);
        };
    }

    /** Whether it looks at the first k of each group, and so needs to know k. */
    public boolean isAtK() {
        return this == PRECISION_AT_K || this == RECALL_AT_K || this == NDCG_AT_K || this == MAP_AT_K;
    }

    /**
     * The name in the scores of a model, which says what k was, as in {@code precision_at_100}.
     *
     * @param shape of the study's task: k where the metric is at k; NaN where that is not known
     */
    public String scored(double shape) {
        return isAtK() && !Double.isNaN(shape) ? toString().replace("_at_k", "_at_" + (int) shape) : toString();
    }

    /** The name in pipeline files, tables and reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A name that contains what was written comes first: {@code auc} is nearer to {@code mae} by edits alone. */
    private static String nearest(String name) {
        String written = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .map(Metric::toString)
                .min(Comparator.comparing((String known) -> !known.contains(written))
                        .thenComparing(known ->
                                LevenshteinDistance.getDefaultInstance().apply(known, written)))
                .orElseThrow();
    }

    private static String known() {
        return Arrays.stream(values()).map(Metric::toString).collect(Collectors.joining(", "));
    }
}

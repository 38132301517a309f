package io.trainyard.jobs.retrain;

import io.trainyard.features.profile.ColumnDrift;
import io.trainyard.features.profile.Distance;
import io.trainyard.features.profile.DriftMeasure;
import io.trainyard.features.profile.DriftReport;
import io.trainyard.features.profile.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a model's world has moved since its training, as Jensen-Shannon distances in [0, 1] less what chance explains: the measure that
 * columns of every kind have.
 *
 * @param features what moved, the greatest contribution first
 * @param usual what {@link #weighted} was on the rows that the model was tested on: in most data, a stretch of time differs from all rows
 *     before it, and the model bore that; 0 where it is not known
 * @param predictions the distance of the predictions
 * @param labels the distance of the labels, 0 where too few are known
 */
public record DriftEvidence(List<MovedFeature> features, double usual, double predictions, double labels) {
    /** Nothing moved, or nothing is known. */
    public static final DriftEvidence NONE = new DriftEvidence(List.of(), 0, 0, 0);

    public DriftEvidence {
        features = features.stream()
                .sorted(Comparator.comparingDouble(MovedFeature::contribution)
                        .reversed()
                        .thenComparing(MovedFeature::name))
                .toList();
        requireShare("usual drift", usual);
        requireShare("drift of predictions", predictions);
        requireShare("drift of labels", labels);
    }

    /**
     * One feature.
     *
     * @param weight its share in what the model makes of its features, in [0, 1]
     * @param distance in [0, 1]
     */
    public record MovedFeature(String name, double weight, double distance) {
        public MovedFeature {
            requireShare("weight of feature '" + name + "'", weight);
            requireShare("drift of feature '" + name + "'", distance);
        }

        /** What it adds to the drift of all. */
        double contribution() {
            return weight * distance;
        }
    }

    /**
     * Reads the distances off comparisons of profiles. A column that cannot be compared, since it is missing or of another kind, has moved by 1.
     *
     * @param weights by feature: shares that add up to 1. Features without one have none
     * @param tested the features of the rows that the model was tested on, against those that it was fitted on, where that is known
     */
    public static DriftEvidence of(
            DriftReport features,
            Map<String, Double> weights,
            Optional<DriftReport> tested,
            DriftReport predictions,
            Optional<DriftReport> labels) {
        return new DriftEvidence(
                moved(features, weights),
                tested.map(report -> weighted(moved(report, weights))).orElse(0.0),
                farthest(predictions),
                labels.map(DriftEvidence::farthest).orElse(0.0));
    }

    private static List<MovedFeature> moved(DriftReport report, Map<String, Double> weights) {
        return report.columns().stream()
                .map(column ->
                        new MovedFeature(column.column(), weights.getOrDefault(column.column(), 0.0), distance(column)))
                .filter(feature -> feature.contribution() > 0)
                .toList();
    }

    /** The mean distance of features, weighted by what the model makes of them: drift of what it ignores does not harm it. */
    public double weighted() {
        return weighted(features);
    }

    private static double weighted(List<MovedFeature> features) {
        return Math.min(
                1, features.stream().mapToDouble(MovedFeature::contribution).sum());
    }

    /** By how much {@link #weighted} is more than usual, 0 where it is less. */
    public double unusual() {
        return Math.max(0, weighted() - usual);
    }

    private static double farthest(DriftReport report) {
        return report.columns().stream()
                .mapToDouble(DriftEvidence::distance)
                .max()
                .orElse(0);
    }

    private static double distance(ColumnDrift column) {
        double unmeasured = column.verdict() == Verdict.DRIFTED ? 1 : 0;
        return column.distance(DriftMeasure.JENSEN_SHANNON).map(Distance::lower).orElse(unmeasured);
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("The %s must be from 0 to 1, but is %s".formatted(what, value));
        }
    }
}

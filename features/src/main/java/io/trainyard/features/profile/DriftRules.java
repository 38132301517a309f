package io.trainyard.features.profile;

import static io.trainyard.features.profile.DriftMeasure.CHI_SQUARED;
import static io.trainyard.features.profile.DriftMeasure.JENSEN_SHANNON;
import static io.trainyard.features.profile.DriftMeasure.KOLMOGOROV_SMIRNOV;
import static io.trainyard.features.profile.DriftMeasure.POPULATION_STABILITY;
import static io.trainyard.features.profile.DriftMeasure.WASSERSTEIN;

import java.util.Map;

/**
 * When a difference is drift. Whether it is real does not suffice: with 10⁷ rows every difference is. A verdict compares the lower
 * confidence bound of a difference with a threshold, so that it is both real and large.
 *
 * @param minimumRows fewer, on either side, are not judged
 * @param falseAlarms the share of columns without drift that may be given a verdict other than stable, in (0, 1); each of a column's measures
 *     gets an equal part of it
 * @param thresholds of the measures that take part in the verdict
 * @param share threshold of the change of a watched share, such as that of nulls
 */
public record DriftRules(
        long minimumRows, double falseAlarms, Map<DriftMeasure, Threshold> thresholds, Threshold share) {

    /** The measures' customary thresholds, and a percentage point of rows for nulls and the like. */
    public static final DriftRules STANDARD = new DriftRules(
            100,
            0.01,
            Map.of(
                    POPULATION_STABILITY, new Threshold(0.1, 0.25),
                    JENSEN_SHANNON, new Threshold(0.05, 0.1),
                    CHI_SQUARED, new Threshold(0.05, 0.1),
                    KOLMOGOROV_SMIRNOV, new Threshold(0.05, 0.1),
                    WASSERSTEIN, new Threshold(0.05, 0.1)),
            new Threshold(0.005, 0.01));

    public DriftRules {
        thresholds = Map.copyOf(thresholds);
        if (minimumRows < 1) {
            throw new IllegalArgumentException(
                    "At least 1 row is needed to judge a column, but minimum rows are " + minimumRows);
        }
        if (!(falseAlarms > 0 && falseAlarms < 1)) {
            throw new IllegalArgumentException("False alarms must be a share between 0 and 1, but are " + falseAlarms);
        }
    }

    /**
     * How large a difference matters.
     *
     * @param watch from 0
     * @param drifted no less
     */
    public record Threshold(double watch, double drifted) {

        public Threshold {
            if (!(watch >= 0 && watch <= drifted)) {
                throw new IllegalArgumentException(
                        "A threshold must be 0 or more to watch and no less for drift, but is %s and %s"
                                .formatted(watch, drifted));
            }
        }

        Verdict judge(double lower) {
            if (lower > drifted) {
                return Verdict.DRIFTED;
            }
            return lower > watch ? Verdict.WATCH : Verdict.STABLE;
        }
    }
}

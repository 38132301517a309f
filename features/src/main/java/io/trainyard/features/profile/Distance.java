package io.trainyard.features.profile;

import java.util.OptionalDouble;

/**
 * How far two distributions are apart by one measure.
 *
 * @param value the measure, nothing taken off
 * @param noise what two samples of these sizes of one distribution show on average
 * @param lower a lower confidence bound of what the measure would be without noise; never above the value
 * @param pValue of the test that belongs to the measure, if one does
 */
public record Distance(DriftMeasure measure, double value, double noise, double lower, OptionalDouble pValue) {

    Distance(DriftMeasure measure, double value, double noise, double lower) {
        this(measure, value, noise, Math.max(0, lower), OptionalDouble.empty());
    }

    String reason(DriftRules.Threshold threshold, Verdict verdict) {
        return "%s is %s, surely above %s (%s from %s on; chance alone shows %s)"
                .formatted(
                        measure.title(),
                        Figures.of(value),
                        Figures.of(lower),
                        verdict == Verdict.DRIFTED ? "drift" : "watched",
                        Figures.of(verdict == Verdict.DRIFTED ? threshold.drifted() : threshold.watch()),
                        Figures.of(noise));
    }
}

package io.trainyard.jobs.monitor;

import io.trainyard.registry.Score;
import java.util.List;

/**
 * How good predictions were, as far as labels tell.
 *
 * @param rows that were predicted
 * @param labelled those whose label was known at the logical time
 * @param measured metrics over the labelled rows, with intervals; empty without any
 * @param estimated metrics that the predicted probabilities of all rows lead to expect, were they calibrated; empty for numbers
 */
public record Quality(long rows, long labelled, List<Score> measured, List<Score> estimated) {
    public Quality {
        measured = List.copyOf(measured);
        estimated = List.copyOf(estimated);
    }

    /** The share of rows whose label is known; NaN without rows. */
    public double coverage() {
        return (double) labelled / rows;
    }
}

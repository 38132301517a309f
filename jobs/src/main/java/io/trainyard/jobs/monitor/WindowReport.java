package io.trainyard.jobs.monitor;

import io.trainyard.features.profile.DriftReport;
import io.trainyard.registry.Score;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of a model in one window.
 *
 * @param asOf the logical time: labels known later do not count
 * @param newest the latest event time in the window; empty without rows
 * @param features against the rows that the version was fitted on
 * @param predictions against its predictions of test rows: of one column, called prediction
 * @param labels against the labels it was fitted on, over labelled rows: of one column, by the label's name; empty while too few are known
 * @param quality over all rows of the window
 * @param slices by feature, then by value, the most frequent first
 * @param tested the version's scores on its test rows, which the window's are compared with
 */
public record WindowReport(
        Watched watched,
        TimeWindow window,
        Instant asOf,
        Optional<Instant> newest,
        DriftReport features,
        DriftReport predictions,
        Optional<DriftReport> labels,
        Quality quality,
        List<SliceQuality> slices,
        List<Score> tested) {
    public WindowReport {
        slices = List.copyOf(slices);
        tested = List.copyOf(tested);
    }

    /** How many rows the window has. */
    public long rows() {
        return quality.rows();
    }
}

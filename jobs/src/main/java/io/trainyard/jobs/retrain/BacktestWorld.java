package io.trainyard.jobs.retrain;

import io.trainyard.jobs.monitor.TimeWindow;
import java.time.Instant;

/**
 * The past, as a backtest asks about it.
 *
 * @param <M> a fitted model
 */
public interface BacktestWorld<M> {
    /** A model of the rows and labels that were known before a moment. */
    M fit(Instant by);

    /** How many rows it learned from, at least 1. */
    long trainedRows(M model);

    /** How many rows had a label that was known before a moment. */
    long labelledRows(Instant by);

    /** What a monitor would have known at the end of a period in which the model was at work. */
    Seen look(M model, TimeWindow period);

    /** How good the model was in a period, by all labels that are known by now; NaN where that is undefined. */
    double score(M model, TimeWindow period);

    /** What a decision is made from, but for times and counts. */
    record Seen(DriftEvidence drift, MetricEvidence metric) {}
}

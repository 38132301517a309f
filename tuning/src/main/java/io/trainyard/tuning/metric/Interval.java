package io.trainyard.tuning.metric;

import java.io.Serializable;

/**
 * A metric's value over all rows, and where it lies when the rows are drawn again.
 *
 * @param value over all rows; {@code NaN} where it is undefined
 * @param low lower percentile of the resampled values; {@code NaN} when none is defined
 * @param high upper percentile
 * @param undefined how many resamples were left out because the metric is undefined on them
 */
public record Interval(double value, double low, double high, int undefined) implements Serializable {}

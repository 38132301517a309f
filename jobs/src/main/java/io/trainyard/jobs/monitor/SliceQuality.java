package io.trainyard.jobs.monitor;

/**
 * How good predictions were on the rows that share a value of a feature.
 *
 * @param feature the feature's name
 * @param value its value as text; {@code null} rows are {@code (missing)}
 */
public record SliceQuality(String feature, String value, Quality quality) {}

package io.trainyard.registry.mlflow;

import java.time.Instant;

/**
 * One value of a metric.
 *
 * @param value any double: NaN and the infinities too
 * @param step such as a number of rounds
 */
public record Metric(String key, double value, Instant at, long step) {}

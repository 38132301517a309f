package io.trainyard.registry;

/**
 * A metric measured on test rows.
 *
 * @param metric its name, such as {@code average_precision}
 * @param value NaN when the metric is not defined on the rows
 * @param low lower end of the confidence interval, NaN when none was computed
 * @param high upper end of the confidence interval, NaN when none was computed
 */
public record Score(String metric, double value, double low, double high) {
    /** Refuses a blank name, half an interval, and one that is upside down. */
    public Score {
        if (metric.isBlank()) {
            throw new IllegalArgumentException("a score needs the name of its metric");
        }
        if (low > high || Double.isNaN(low) != Double.isNaN(high)) {
            throw new IllegalArgumentException("score '%s' has the interval %s to %s".formatted(metric, low, high));
        }
    }

    /** A score without an interval. */
    public static Score of(String metric, double value) {
        return new Score(metric, value, Double.NaN, Double.NaN);
    }

    /** Whether {@link #low()} and {@link #high()} say anything. */
    public boolean hasInterval() {
        return !Double.isNaN(low);
    }
}

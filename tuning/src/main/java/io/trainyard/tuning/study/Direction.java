package io.trainyard.tuning.study;

/** Whether small or large values are good. */
public enum Direction {
    MINIMIZE,
    MAXIMIZE;

    /** A value as a loss, of which less is better. */
    public double loss(double value) {
        return this == MINIMIZE ? value : -value;
    }

    /** Whether a value is strictly better than another. */
    public boolean better(double value, double other) {
        return loss(value) < loss(other);
    }

    /** What every other value is better than. */
    public double worst() {
        return this == MINIMIZE ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
}

package io.trainyard.features.split;

import java.time.Instant;

/** Time from a moment up to, and without, another. */
public record Interval(Instant from, Instant to) {

    public Interval {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("An interval cannot start at %s and end at %s".formatted(from, to));
        }
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}

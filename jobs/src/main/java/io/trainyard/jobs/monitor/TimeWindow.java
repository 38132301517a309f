package io.trainyard.jobs.monitor;

import java.time.Instant;

/**
 * A stretch of event time.
 *
 * @param from the first moment of it
 * @param to the first moment after it
 */
public record TimeWindow(Instant from, Instant to) {
    public TimeWindow {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("A window from %s to %s is empty".formatted(from, to));
        }
    }
}

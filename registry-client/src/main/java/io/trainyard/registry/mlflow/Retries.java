package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.time.Duration;

/**
 * How often a call is repeated that failed for a reason which may pass: 408, 429, 500, 502, 503, 504, a connection that
 * broke, an answer that did not come.
 *
 * @param most repetitions after the first try
 * @param backoff the wait before the first repetition; each further one is twice as long, unless the server says how long
 */
public record Retries(int most, Duration backoff) {
    /** No wait is longer; a server that asks for more is given up at once. */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** MLflow's own defaults: 7 repetitions over about four minutes. */
    public static final Retries DEFAULT = new Retries(7, Duration.ofSeconds(2));

    private static final int MOST_DOUBLINGS = 20;

    /** Refuses negative values. */
    public Retries {
        if (most < 0 || backoff.isNegative()) {
            throw new RegistryException(
                    "Cannot repeat calls to MLflow %d times after %s: give 0 or more".formatted(most, backoff));
        }
    }

    /** The wait after {@code failures} failures, from 1. */
    Duration wait(int failures) {
        Duration wait = backoff.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}

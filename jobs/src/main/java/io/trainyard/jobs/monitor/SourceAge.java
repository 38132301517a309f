package io.trainyard.jobs.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How old the newest row of a source is.
 *
 * @param asOf the logical time
 * @param newest its event time; empty where no row is known by then
 * @param limit the age that is borne
 */
public record SourceAge(String source, Instant asOf, Optional<Instant> newest, Duration limit) {
    /** Empty where no row is known. */
    public Optional<Duration> age() {
        return newest.map(moment -> Duration.between(moment, asOf));
    }

    /** Whether the source is older than is borne, or has no row. */
    public boolean stale() {
        return age().map(age -> age.compareTo(limit) > 0).orElse(true);
    }
}

package io.trainyard.features.asof;

/**
 * How many examples there are, and when, in microseconds since 1970.
 *
 * @param earliest after {@code latest} where no example has a time
 */
record TimeRange(long examples, long earliest, long latest) {

    /** @param earliest null, as {@code latest} is, where no example has a time */
    static TimeRange of(long examples, Long earliest, Long latest) {
        return earliest == null ? new TimeRange(examples, 0, -1) : new TimeRange(examples, earliest, latest);
    }

    boolean isEmpty() {
        return latest < earliest;
    }
}

package io.trainyard.features.asof;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** Arithmetic on microseconds that stops at the ends of time instead of starting over. */
final class Moments {

    private Moments() {}

    static long plus(long moment, long length) {
        long sum = moment + length;
        return ((moment ^ sum) & (length ^ sum)) < 0 ? (length < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }

    static long minus(long moment, long other) {
        long difference = moment - other;
        return ((moment ^ other) & (moment ^ difference)) < 0
                ? (moment < 0 ? Long.MIN_VALUE : Long.MAX_VALUE)
                : difference;
    }

    /** A moment for people. */
    static Instant instant(long moment) {
        return Instant.EPOCH.plus(moment, ChronoUnit.MICROS);
    }

    /** Whole microseconds in a length; where it is within one, that much is left out. */
    static long floor(Duration length) {
        return TimeUnit.MICROSECONDS.convert(length);
    }

    /** Whole microseconds that a length takes. */
    static long ceiling(Duration length) {
        return length.equals(length.truncatedTo(ChronoUnit.MICROS)) ? floor(length) : plus(floor(length), 1);
    }
}

package io.trainyard.jobs.bench;

/** Seconds since it was made. */
final class Stopwatch {
    private static final double NANOSECONDS = 1e9;

    private final long started = System.nanoTime();

    double seconds() {
        return (System.nanoTime() - started) / NANOSECONDS;
    }
}

package io.trainyard.tuning.study;

/**
 * How many trials run at once, and whether the study may depend on which of them ends first.
 *
 * @param trials at once
 * @param lockstep whether trial n waits for all up to n - {@code trials}, and sees the outcomes of exactly those: the study
 *     is then the same whatever the timing
 */
public record Concurrency(int trials, boolean lockstep) {

    public Concurrency {
        if (trials < 1) {
            throw new IllegalArgumentException("Cannot run %d trials at once: at least 1".formatted(trials));
        }
    }

    /** Every suggestion sees all that is known at that moment. */
    public static Concurrency free(int trials) {
        return new Concurrency(trials, false);
    }

    public static Concurrency lockstep(int trials) {
        return new Concurrency(trials, true);
    }
}

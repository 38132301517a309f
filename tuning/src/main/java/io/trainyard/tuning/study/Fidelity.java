package io.trainyard.tuning.study;

/**
 * How finely a trial is divided, for pruners to decide on its way.
 *
 * <p>A step is a share of a trial's own progress and not a number of rounds. Which rounds it takes is the learner's to say, for
 * each configuration by its own schedule: step s of S of a booster with learning rate r may end at round s / S · c / r. A small
 * learning rate needs more rounds to get as far, so that at equal rounds it would lose to large ones that it beats in the end. Steps
 * may as well be growing shares of the data, or folds.
 *
 * @param steps of a full trial; 1: it cannot be stopped on its way
 */
public record Fidelity(int steps) {

    public Fidelity {
        if (steps < 1) {
            throw new IllegalArgumentException("Cannot divide a trial into %d steps: at least 1".formatted(steps));
        }
    }

    /** Every trial runs to its end. */
    public static Fidelity none() {
        return new Fidelity(1);
    }
}

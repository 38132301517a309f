package io.trainyard.tuning.learner;

/** Training was told to stop: the task that ran it is being killed. Says nothing about the configuration. */
public final class CancelledTrainingException extends RuntimeException {
    CancelledTrainingException(int round) {
        super("Training was cancelled before round " + round);
    }
}

package io.trainyard.tuning.study;

/** How a trial that has reported goes on. */
public enum Decision {
    /** To the next step at which the pruner decides. */
    GO_ON,
    /** Paused: the worker gives it back, and it may go on when more is known of others. */
    WAIT,
    /** Ended for good. */
    STOP
}

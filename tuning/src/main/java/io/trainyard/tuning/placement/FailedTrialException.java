package io.trainyard.tuning.placement;

/** A configuration that cannot be trained: an outcome of the trial. */
public final class FailedTrialException extends RuntimeException {
    FailedTrialException(String reason, Throwable cause) {
        super(reason, cause);
    }

    FailedTrialException(String reason) {
        super(reason);
    }
}

package io.trainyard.tuning.placement;

/** The cluster lost a trial: it is to be run again, with the same seed. */
public final class LostTrialException extends RuntimeException {
    LostTrialException(String reason, Throwable cause) {
        super(reason, cause);
    }
}

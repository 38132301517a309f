package io.trainyard.jobs.run;

/** Something that the user can mend, found while a job runs: the message is complete, and names the remedy. */
public final class JobException extends RuntimeException {
    public JobException(String message) {
        super(message);
    }

    public JobException(String message, Throwable cause) {
        super(message, cause);
    }
}

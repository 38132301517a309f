package io.trainyard.jobs.demo;

/** The demo data cannot be written for a reason that the user can mend. */
public final class DemoDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DemoDataException(String message) {
        super(message);
    }
}

package io.trainyard.jobs.notice;

/** Somebody could not be told. What was to be told stands, and is told by the next run. */
public final class NoticeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoticeException(String message) {
        super(message);
    }

    NoticeException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.trainyard.features.source;

/** Data or a declaration about them that its owner can mend; the message says what, where and how. */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}

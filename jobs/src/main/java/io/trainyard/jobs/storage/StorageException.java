package io.trainyard.jobs.storage;

/** A storage cannot be used as it is, for a reason that the user can mend. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StorageException(String message) {
        super(message);
    }

    StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.trainyard.features.version;

/** Somebody changed a table after the caller looked at it. */
public final class StaleVersionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleVersionException(String table, long expected, String found) {
        super("Cannot append to version %d of table %s: %s; run again to build upon what is there now"
                .formatted(expected, table, found));
    }
}

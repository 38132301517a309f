package io.trainyard.features.version;

/** Another process, or another thread of this one, is writing the table. */
public final class TableBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TableBusyException(String table, String lock) {
        super("Cannot write table %s: somebody else is writing it (they hold %s); run again when they have finished"
                .formatted(table, lock));
    }
}

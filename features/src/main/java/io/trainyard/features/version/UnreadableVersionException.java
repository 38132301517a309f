package io.trainyard.features.version;

import java.util.Collection;

/** A version that cannot be read, because it is not there or because files of it are gone. */
public final class UnreadableVersionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private UnreadableVersionException(String message) {
        super(message);
    }

    static UnreadableVersionException noTable(String purpose, String table) {
        return new UnreadableVersionException(
                "Cannot %s: no Delta table is at %s; check the path".formatted(purpose, table));
    }

    static UnreadableVersionException unknown(String purpose, String table, long version, long earliest, long latest) {
        return new UnreadableVersionException("Cannot %s: table %s has no version %d; its versions are %d to %d"
                .formatted(purpose, table, version, earliest, latest));
    }

    static UnreadableVersionException incomplete(
            String purpose, String table, long version, Collection<String> missing) {
        return new UnreadableVersionException(
                "Cannot %s: %d files of version %d of table %s are gone, such as %s; restore them, or unpin the version if it is given up"
                        .formatted(
                                purpose,
                                missing.size(),
                                version,
                                table,
                                missing.iterator().next()));
    }
}

package io.trainyard.features.version;

import java.time.Instant;

/**
 * A version with what its writer noted.
 *
 * @param facts a JSON object
 */
public record Commit(TableVersion table, Instant time, String facts) {

    /** The same rows, read under the number of a later version that has them too. */
    Commit at(long version) {
        TableVersion moved =
                new TableVersion(table.path(), version, table.schemaFingerprint(), table.rows(), table.fingerprint());
        return new Commit(moved, time, facts);
    }
}

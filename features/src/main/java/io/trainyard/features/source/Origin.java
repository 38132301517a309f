package io.trainyard.features.source;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A source that was found: its state, and its rows in that state. */
interface Origin {

    SourceFingerprint fingerprint();

    /** The rows as Spark types them, all of them well-formed. */
    Dataset<Row> rows();

    /** Whether the rows read may be others than {@link #fingerprint()} said before; false where reading is bound to a version. */
    boolean changedSince(SourceFingerprint before);

    /** What the source consists of, where that can be told piece by piece. */
    default Optional<SourceState> state() {
        return Optional.empty();
    }

    /** What came since; empty where anything else may have changed too. */
    default Optional<Growth> growthSince(SourceState before) {
        return Optional.empty();
    }
}

package io.trainyard.features.source;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A source that was found: its state, and its rows in that state. */
interface Origin {

    SourceFingerprint fingerprint();

    /** The rows as Spark types them, all of them well-formed. */
    Dataset<Row> rows();

    /** Whether the rows read may be others than {@link #fingerprint()} said before; false where reading is bound to a version. */
    boolean changedSince(SourceFingerprint before);
}

package io.trainyard.features.source;

import io.trainyard.features.view.Source;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A source as it was when it was opened. */
public final class SourceSnapshot {

    private final Source source;
    private final Origin origin;
    private final Dataset<Row> rows;
    private final SourceFingerprint fingerprint;

    SourceSnapshot(Source source, Origin origin, Dataset<Row> rows) {
        this.source = source;
        this.origin = origin;
        this.rows = rows;
        this.fingerprint = origin.fingerprint();
    }

    public Source source() {
        return source;
    }

    public Dataset<Row> rows() {
        return rows;
    }

    /** What the rows are, for whoever wants to know whether they changed. */
    public SourceFingerprint fingerprint() {
        return fingerprint;
    }

    /**
     * To be called after the rows were read, and before anything is made of them.
     *
     * @throws SourceException if files came, went or changed meanwhile, so that the rows are not what the fingerprint says
     */
    public void requireUnchanged() {
        if (origin.changedSince(fingerprint)) {
            throw new SourceException(
                    "Cannot use source '%s': its files at %s changed while they were read; run again when nobody writes them"
                            .formatted(source.name(), fingerprint.uri()));
        }
    }
}

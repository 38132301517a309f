package io.trainyard.features.source;

import io.trainyard.features.view.Source;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A source as it was when it was opened. */
public final class SourceSnapshot {

    private final Source source;
    private final Origin origin;
    private final UnaryOperator<Dataset<Row>> preparation;
    private final Dataset<Row> rows;
    private final SourceFingerprint fingerprint;

    /** @param preparation makes the rows that others see of the origin's own */
    SourceSnapshot(Source source, Origin origin, UnaryOperator<Dataset<Row>> preparation) {
        this.source = source;
        this.origin = origin;
        this.preparation = preparation;
        this.rows = preparation.apply(origin.rows());
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

    /** What the source consists of, to ask later what came since; empty where that cannot be told piece by piece. */
    public Optional<SourceState> state() {
        return origin.state();
    }

    /** The rows that came since, and those that were there; empty where anything but additions may have happened. */
    public Optional<Growth> growthSince(SourceState before) {
        return origin.growthSince(before)
                .map(growth -> new Growth(preparation.apply(growth.before()), preparation.apply(growth.added())));
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

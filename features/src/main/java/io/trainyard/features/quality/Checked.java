package io.trainyard.features.quality;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Tested rows, kept until this is closed: on a disk of the executors where memory is short, and in clear. {@link #passing} and {@link
 * #quarantined} are to be read before.
 */
public final class Checked implements AutoCloseable {

    /** Names the column of quarantined rows that says which test they failed. */
    public static final String TEST = "_test";

    static final StorageLevel LEVEL = StorageLevel.MEMORY_AND_DISK();

    private final Optional<Dataset<Row>> kept;
    private final Dataset<Row> passing;
    private final Dataset<Row> quarantined;
    private final TestReport report;

    Checked(Optional<Dataset<Row>> kept, Dataset<Row> passing, Dataset<Row> quarantined, TestReport report) {
        this.kept = kept;
        this.passing = passing;
        this.quarantined = quarantined;
        this.report = report;
    }

    /** The rows that no test drops or quarantines, de-identified, with the columns they came with. */
    public Dataset<Row> passing() {
        return passing;
    }

    /** The rows that are quarantined, de-identified, with the column {@link #TEST}: the first quarantining test that they fail. */
    public Dataset<Row> quarantined() {
        return quarantined;
    }

    /** What came of every test. */
    public TestReport report() {
        return report;
    }

    @Override
    public void close() {
        kept.ifPresent(Dataset::unpersist);
    }
}

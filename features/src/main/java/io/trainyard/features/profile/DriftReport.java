package io.trainyard.features.profile;

import java.util.List;
import java.util.Optional;

/**
 * What became of the columns of a table.
 *
 * @param columns in the reference's order, then those that it does not have
 */
public record DriftReport(long referenceRows, long currentRows, List<ColumnDrift> columns) {

    public DriftReport {
        columns = List.copyOf(columns);
    }

    /** The worst of the columns' verdicts; stable without columns. */
    public Verdict worst() {
        return columns.stream().map(ColumnDrift::verdict).reduce(Verdict.STABLE, Verdict::worse);
    }

    /** What became of a column, if either side has it. */
    public Optional<ColumnDrift> column(String name) {
        return columns.stream().filter(column -> column.column().equals(name)).findFirst();
    }
}

package io.trainyard.features.profile;

import org.apache.spark.sql.catalyst.InternalRow;

/** Profiles truth values. */
final class BooleanProfiler implements ColumnProfiler {

    private final String column;
    private long rows;
    private long nulls;
    private long trues;

    BooleanProfiler(String column) {
        this.column = column;
    }

    @Override
    public void add(InternalRow row, int position) {
        rows++;
        if (row.isNullAt(position)) {
            nulls++;
        } else if (row.getBoolean(position)) {
            trues++;
        }
    }

    @Override
    public BooleanProfile profile() {
        return new BooleanProfile(column, rows, nulls, trues);
    }
}

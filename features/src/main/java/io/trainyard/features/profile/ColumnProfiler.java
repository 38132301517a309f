package io.trainyard.features.profile;

import org.apache.spark.sql.catalyst.InternalRow;

/** Takes in one value of a column after the other. Not for several threads. */
sealed interface ColumnProfiler permits NumberProfiler, TextProfiler, BooleanProfiler {

    /** Takes in the value that the row has at a position; nothing of the row is kept. */
    void add(InternalRow row, int position);

    /** The profile of all values so far. */
    ColumnProfile profile();
}

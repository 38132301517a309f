package io.trainyard.tuning.matrix;

import io.trainyard.tuning.metric.Groups;
import java.io.IOException;
import java.util.Arrays;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * The groups of a part's rows, as blocks number them.
 *
 * @param group of each row; empty where blocks have none
 * @param unit of each row; empty where blocks have none
 */
@SuppressWarnings("ArrayRecordComponent") // Rows by the million; equality is never asked.
public record RowGroups(long[] group, long[] unit) {
    static final RowGroups NONE = new RowGroups(new long[0], new long[0]);

    /** For metrics. */
    public Groups groups() {
        return Groups.of(group, unit);
    }

    /**
     * Reads the groups, and tells them to the matrix where its rows are to be ranked.
     *
     * @param rows of the part, of which there are {@code count}
     */
    static RowGroups of(MatrixBlocks blocks, PartRows rows, int count, DMatrix matrix)
            throws IOException, XGBoostError {
        if (blocks.grouping() == Grouping.NONE) {
            return NONE;
        }
        long[] group = new long[count];
        long[] unit = new long[count];
        rows.rewind();
        for (int row = 0; row < count; row++) {
            MatrixRow next = rows.next();
            group[row] = next.group;
            unit[row] = next.unit;
        }
        if (blocks.grouping() == Grouping.RANKED && count > 0) {
            matrix.setGroup(sizes(group, blocks));
        }
        return new RowGroups(group, unit);
    }

    private static int[] sizes(long[] group, MatrixBlocks blocks) throws IOException {
        int[] sizes = new int[group.length];
        int groups = 0;
        for (int row = 0; row < group.length; row++) {
            if (row > 0 && group[row] < group[row - 1]) {
                throw new IOException("Cannot rank the rows of %s: row %d is of group %d and comes after group %d"
                        .formatted(blocks.folder(), row, group[row], group[row - 1]));
            }
            groups += row == 0 || group[row] != group[row - 1] ? 1 : 0;
            sizes[groups - 1]++;
        }
        return Arrays.copyOf(sizes, groups);
    }
}

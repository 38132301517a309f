package io.trainyard.tuning.metric;

/**
 * The total weight in each of a few cells: a metric that counts rows depends on the weights through these sums alone.
 * Which row falls into which cell is found once, so that a resample costs one addition a row.
 *
 * @param cell the cell of each row
 * @param cells how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // Private to the package and never compared.
record CellSums(int[] cell, int cells) {

    double[] under(double[] weight) {
        double[] sums = new double[cells];
        for (int row = 0; row < cell.length; row++) {
            sums[cell[row]] += weight[row];
        }
        return sums;
    }
}

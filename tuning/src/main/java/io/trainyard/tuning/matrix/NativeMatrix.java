package io.trainyard.tuning.matrix;

import io.trainyard.tuning.metric.Groups;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.java.util.BigDenseMatrix;
import org.apache.hadoop.conf.Configuration;

/**
 * One part of the training set in XGBoost's own memory, with its labels and weights beside it. May be trained on by several
 * threads at once; freed by {@link #close}.
 */
public final class NativeMatrix implements AutoCloseable {
    /** Bins a column: one value for all trials, so that they share the quantile cuts of the matrix. */
    public static final int MAX_BIN = 256;

    private final DMatrix matrix;
    private final double[] labels;
    private final double[] weights;
    private final RowGroups rowGroups;
    private final Groups groups;
    private final PausedBoosters paused = new PausedBoosters();
    private boolean onGpu;

    /** Something that trains on matrices, or predicts for them. */
    public interface Use {
        void run() throws XGBoostError;
    }

    private NativeMatrix(DMatrix matrix, double[] labels, double[] weights, RowGroups rowGroups) {
        this.matrix = matrix;
        this.labels = labels;
        this.weights = weights;
        this.rowGroups = rowGroups;
        this.groups = rowGroups.groups();
    }

    /**
     * Streams the rows of one part from the warehouse into native memory: to be trained on, quantised where the platform can.
     *
     * @throws IOException if a block cannot be read, or is not what the manifest says
     */
    public static NativeMatrix read(MatrixBlocks blocks, Part part, Configuration configuration) throws IOException {
        return read(blocks, part, Share.ALL, configuration);
    }

    /**
     * As {@link #read(MatrixBlocks, Part, Configuration)}, of one worker's rows. Workers that train one booster together make their
     * matrices together: none returns before all have come.
     */
    public static NativeMatrix read(MatrixBlocks blocks, Part part, Share share, Configuration configuration)
            throws IOException {
        try (PartRows rows = new PartRows(blocks, part, share, configuration)) {
            return quantised(blocks, part) ? quantile(blocks, part, rows) : dense(blocks, part, rows);
        } catch (XGBoostError error) {
            throw new IOException(
                    "Cannot make a native matrix of %d × %d: %s"
                            .formatted(blocks.rows(part), blocks.columns().size(), error.getMessage()),
                    error);
        }
    }

    /**
     * Of rows that are at hand, whatever the warehouse holds.
     *
     * @param features row-major; NaN is a missing value
     * @param columns names of the columns, with XGBoost's type of each
     */
    public static NativeMatrix of(
            float[] features, float[] labels, float[] weights, List<String> columns, List<String> types)
            throws XGBoostError {
        DMatrix matrix = dense(features, labels.length, columns, types);
        matrix.setLabel(labels);
        if (!allOnes(weights)) {
            matrix.setWeight(weights);
        }
        return new NativeMatrix(matrix, widen(labels), widen(weights), RowGroups.NONE);
    }

    /** Features alone, to be predicted; to be disposed of by the caller. */
    public static DMatrix dense(float[] features, int rows, List<String> columns, List<String> types)
            throws XGBoostError {
        DMatrix matrix = new DMatrix(features, rows, columns.size(), Float.NaN);
        matrix.setFeatureNames(columns.toArray(String[]::new));
        matrix.setFeatureTypes(types.toArray(String[]::new));
        return matrix;
    }

    /** Why what is trained on is not held as bins on this platform; empty where it is. */
    public static Optional<String> notQuantised() {
        return NativeLibrary.obstacle();
    }

    /** What is only predicted on would not become smaller by being binned. */
    private static boolean quantised(MatrixBlocks blocks, Part part) {
        return notQuantised().isEmpty() && part.trains() && blocks.rows(part) > 0;
    }

    private static NativeMatrix quantile(MatrixBlocks blocks, Part part, PartRows rows)
            throws IOException, XGBoostError {
        int count = rows.count();
        DMatrix matrix = QuantileMatrix.of(rows, blocks, MAX_BIN);
        if (matrix.rowNum() != count) {
            matrix.dispose();
            throw wrongCount(blocks, part, count, matrix.rowNum());
        }
        float[] weights = matrix.getWeight();
        return new NativeMatrix(
                matrix,
                widen(matrix.getLabel()),
                weights.length == 0 ? ones(count) : widen(weights),
                RowGroups.of(blocks, rows, count, matrix));
    }

    private static NativeMatrix dense(MatrixBlocks blocks, Part part, PartRows rows) throws IOException, XGBoostError {
        int count = rows.count();
        int columns = blocks.columns().size();
        float[] labels = new float[count];
        float[] weights = new float[count];
        BigDenseMatrix dense = new BigDenseMatrix(count, columns);
        try {
            int filled = 0;
            for (MatrixRow row = rows.next(); row != null; row = rows.next()) {
                labels[filled] = row.label;
                weights[filled] = row.weight;
                long offset = (long) filled * columns;
                for (int column = 0; column < columns; column++) {
                    dense.set(offset + column, row.features[column]);
                }
                filled++;
            }
            if (filled != count) {
                throw wrongCount(blocks, part, count, filled);
            }
            DMatrix matrix = matrix(dense, labels, weights, blocks);
            return new NativeMatrix(matrix, widen(labels), widen(weights), RowGroups.of(blocks, rows, count, matrix));
        } finally {
            dense.dispose();
        }
    }

    private static IOException wrongCount(MatrixBlocks blocks, Part part, int expected, long found) {
        return new IOException(
                "Blocks in %s hold %d rows of %s, not %d".formatted(blocks.folder(), found, part, expected));
    }

    private static DMatrix matrix(BigDenseMatrix dense, float[] labels, float[] weights, MatrixBlocks blocks)
            throws XGBoostError {
        DMatrix matrix = new DMatrix(dense, Float.NaN);
        matrix.setLabel(labels);
        if (!allOnes(weights)) {
            matrix.setWeight(weights);
        }
        matrix.setFeatureNames(blocks.columns().toArray(String[]::new));
        matrix.setFeatureTypes(blocks.columnTypes().toArray(String[]::new));
        return matrix;
    }

    private static boolean allOnes(float[] weights) {
        for (float weight : weights) {
            if (weight != 1f) {
                return false;
            }
        }
        return true;
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** XGBoost's matrix. It is not to be disposed of by the caller. */
    public DMatrix matrix() {
        return matrix;
    }

    /** Class indices or target values, in row order. Not to be changed. */
    public double[] labels() {
        return labels;
    }

    /** Weights in row order. Not to be changed. */
    public double[] weights() {
        return weights;
    }

    /** Which rows are ranked against each other, in row order. */
    public Groups groups() {
        return groups;
    }

    /** The groups as blocks number them, alike in all shares of a part. */
    public RowGroups rowGroups() {
        return rowGroups;
    }

    /** Boosters that paused while they trained on this matrix; they are freed with it. */
    public PausedBoosters paused() {
        return paused;
    }

    /**
     * Lets the first use on a GPU be over before there is another. XGBoost moves a matrix there as it is used, and two threads that did so
     * at once would move it twice.
     *
     * @param first does everything with the matrix that others will
     */
    public synchronized void movedToGpuBy(Use first) throws XGBoostError {
        if (!onGpu) {
            first.run();
            onGpu = true;
        }
    }

    @Override
    public void close() {
        paused.close();
        matrix.dispose();
    }
}

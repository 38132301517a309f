package io.trainyard.tuning.matrix;

import java.io.IOException;
import java.io.InputStream;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.java.util.BigDenseMatrix;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One part of the training set in XGBoost's own memory, with its labels and weights beside it. May be trained on by several
 * threads at once; freed by {@link #close}.
 */
public final class NativeMatrix implements AutoCloseable {
    private final DMatrix matrix;
    private final double[] labels;
    private final double[] weights;

    private NativeMatrix(DMatrix matrix, double[] labels, double[] weights) {
        this.matrix = matrix;
        this.labels = labels;
        this.weights = weights;
    }

    /**
     * Streams the rows of one part from the warehouse into native memory.
     *
     * @throws IOException if a block cannot be read, or is not what the manifest says
     */
    public static NativeMatrix read(MatrixBlocks blocks, Part part, Configuration configuration) throws IOException {
        int rows = Math.toIntExact(blocks.rows(part));
        int columns = blocks.columns().size();
        float[] labels = new float[rows];
        float[] weights = new float[rows];
        BigDenseMatrix dense = new BigDenseMatrix(rows, columns);
        try {
            int filled = 0;
            for (Block block : blocks.blocks()) {
                filled = fill(blocks, block, part, configuration, dense, labels, weights, filled);
            }
            if (filled != rows) {
                throw new IOException(
                        "Blocks in " + blocks.folder() + " hold " + filled + " rows of " + part + ", not " + rows);
            }
            return new NativeMatrix(matrix(dense, labels, weights, blocks), widen(labels), widen(weights));
        } catch (XGBoostError error) {
            throw new IOException(
                    "Cannot make a native matrix of " + rows + " × " + columns + ": " + error.getMessage(), error);
        } finally {
            dense.dispose();
        }
    }

    private static int fill(
            MatrixBlocks blocks,
            Block block,
            Part part,
            Configuration configuration,
            BigDenseMatrix dense,
            float[] labels,
            float[] weights,
            int start)
            throws IOException {
        if (block.rows(part) == 0) {
            return start;
        }
        Path path = new Path(blocks.folder(), block.file());
        FileSystem files = path.getFileSystem(configuration);
        int next = start;
        try (InputStream in = files.open(path)) {
            BlockFile.Reader reader = new BlockFile.Reader(in, path.toString(), dense.ncol);
            for (int i = 0; i < block.rows(); i++) {
                MatrixRow row = reader.next();
                if (part.holds(row.parts)) {
                    labels[next] = row.label;
                    weights[next] = row.weight;
                    long offset = (long) next * dense.ncol;
                    for (int column = 0; column < dense.ncol; column++) {
                        dense.set(offset + column, row.features[column]);
                    }
                    next++;
                }
            }
        }
        return next;
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

    @Override
    public void close() {
        matrix.dispose();
    }
}

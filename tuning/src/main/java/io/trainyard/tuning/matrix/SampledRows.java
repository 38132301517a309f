package io.trainyard.tuning.matrix;

import io.trainyard.tuning.metric.Groups;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.hadoop.conf.Configuration;

/** Some rows of a part, at even distances in key order, in this process' heap. */
public final class SampledRows {
    private final List<String> columns;
    private final String[] types;
    private final float[] values;
    private final double[] labels;
    private final double[] weights;
    private final Groups groups;

    private SampledRows(
            List<String> columns, String[] types, float[] values, double[] labels, double[] weights, Groups groups) {
        this.columns = columns;
        this.types = types;
        this.values = values;
        this.labels = labels;
        this.weights = weights;
        this.groups = groups;
    }

    /**
     * Every so manieth row; where rows are ranked within their groups, the first ones, so that groups stay together.
     *
     * @param most how many rows at most
     */
    public static SampledRows read(MatrixBlocks blocks, Part part, int most, Configuration configuration)
            throws IOException {
        int width = blocks.columns().size();
        boolean first = blocks.grouping() == Grouping.RANKED;
        long step = first ? 1 : Math.max(1, (blocks.rows(part) + most - 1) / most);
        int count = Math.toIntExact(Math.min(most, (blocks.rows(part) + step - 1) / step));
        float[] values = new float[Math.multiplyExact(count, width)];
        double[] labels = new double[count];
        double[] weights = new double[count];
        long[] group = new long[blocks.grouping() == Grouping.NONE ? 0 : count];
        long[] unit = new long[group.length];
        try (PartRows rows = new PartRows(blocks, part, configuration)) {
            for (long read = 0; read / step < count; read++) {
                MatrixRow row = rows.next();
                if (read % step == 0) {
                    int index = Math.toIntExact(read / step);
                    System.arraycopy(row.features, 0, values, index * width, width);
                    labels[index] = row.label;
                    weights[index] = row.weight;
                    if (group.length > 0) {
                        group[index] = row.group;
                        unit[index] = row.unit;
                    }
                }
            }
        }
        return new SampledRows(
                blocks.columns(),
                blocks.columnTypes().toArray(String[]::new),
                values,
                labels,
                weights,
                Groups.of(group, unit));
    }

    /** At most so many of them, at even distances, without their groups. */
    public SampledRows thinned(int most) {
        int step = Math.max(1, (count() + most - 1) / most);
        int count = (count() + step - 1) / step;
        int width = columns.size();
        float[] fewer = new float[count * width];
        double[] fewerLabels = new double[count];
        double[] fewerWeights = new double[count];
        for (int row = 0; row < count; row++) {
            System.arraycopy(values, row * step * width, fewer, row * width, width);
            fewerLabels[row] = labels[row * step];
            fewerWeights[row] = weights[row * step];
        }
        return new SampledRows(columns, types, fewer, fewerLabels, fewerWeights, Groups.NONE);
    }

    /** The same rows, but for one column, whose values are dealt anew. */
    public SampledRows permuted(int column, SplittableRandom random) {
        float[] changed = values.clone();
        int width = columns.size();
        for (int row = count() - 1; row > 0; row--) {
            int other = random.nextInt(row + 1);
            float value = changed[row * width + column];
            changed[row * width + column] = changed[other * width + column];
            changed[other * width + column] = value;
        }
        return new SampledRows(columns, types, changed, labels, weights, groups);
    }

    /** As XGBoost's matrix, to be disposed of by the caller. */
    public DMatrix matrix() throws XGBoostError {
        DMatrix matrix = new DMatrix(values, count(), columns.size(), Float.NaN);
        matrix.setFeatureNames(columns.toArray(String[]::new));
        matrix.setFeatureTypes(Arrays.copyOf(types, types.length));
        return matrix;
    }

    public int count() {
        return labels.length;
    }

    public List<String> columns() {
        return columns;
    }

    /** Class indices or target values. Not to be changed. */
    public double[] labels() {
        return labels;
    }

    /** Not to be changed. */
    public double[] weights() {
        return weights;
    }

    /** Which rows are ranked against each other. */
    public Groups groups() {
        return groups;
    }
}

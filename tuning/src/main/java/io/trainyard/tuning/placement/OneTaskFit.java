package io.trainyard.tuning.placement;

import static org.apache.spark.sql.functions.col;

import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * XGBoost fitted where rows are, without a training set in the warehouse: a single task sees all of them and holds them as floats, for models
 * that are fitted once, looked at and thrown away.
 */
public final class OneTaskFit {
    /** SHAP values take far longer than predictions, and their means settle soon. */
    private static final int EXPLAINED = 500;

    private final TrialSettings settings;
    private final Params params;
    private final int rounds;

    /** @param params the configuration, by XGBoost's names */
    public OneTaskFit(TrialSettings settings, Params params, int rounds) {
        this.settings = settings;
        this.params = params;
        this.rounds = rounds;
    }

    /**
     * A model and what it makes of its columns.
     *
     * @param ubj the model in XGBoost's {@code ubj} format
     * @param contributions mean absolute SHAP value of each column over some of the rows, in the unit of margins
     */
    @SuppressWarnings("ArrayRecordComponent") // Crosses from a task to the driver once; equality is never asked.
    public record Fitted(byte[] ubj, double[] contributions) implements Serializable {}

    /**
     * Fits all rows.
     *
     * @param rows with {@link SparkLearner#FEATURES}, {@link SparkLearner#LABEL} and {@link SparkLearner#WEIGHT}
     * @param columns names of the encoded columns
     * @param types XGBoost's type of each
     * @param order columns that put the rows in an order of their own, so that the model repeats exactly
     */
    public Fitted fit(Dataset<Row> rows, List<String> columns, List<String> types, List<String> order) {
        Work work = new Work(settings, params, rounds, new ArrayList<>(columns), new ArrayList<>(types));
        return rows.repartition(1)
                .sortWithinPartitions(order.stream().map(functions::col).toArray(Column[]::new))
                .select(col(SparkLearner.FEATURES), col(SparkLearner.LABEL), col(SparkLearner.WEIGHT))
                .mapPartitions(
                        (MapPartitionsFunction<Row, Fitted>)
                                all -> Collections.singletonList(work.fit(all)).iterator(),
                        Encoders.javaSerialization(Fitted.class))
                .collectAsList()
                .get(0);
    }

    /** What the task is sent. */
    private record Work(TrialSettings settings, Params params, int rounds, List<String> columns, List<String> types)
            implements Serializable {

        Fitted fit(Iterator<Row> rows) throws XGBoostError, IOException {
            Held held = Held.of(rows, columns.size());
            TaskContext task = TaskContext.get();
            Boosting boosting = new Boosting(settings, params, Math.max(1, task.cpus()), task::isInterrupted);
            try (NativeMatrix matrix =
                    NativeMatrix.of(held.features(), held.labels(), held.weights(), columns, types)) {
                byte[] ubj = boosting.fit(matrix, rounds);
                return new Fitted(ubj, contributions(ubj, held));
            }
        }

        private double[] contributions(byte[] ubj, Held held) throws XGBoostError, IOException {
            int width = columns.size() + 1;
            Held some = held.thinned(EXPLAINED, columns.size());
            double[] sums = new double[columns.size()];
            Booster booster = XGBoost.loadModel(ubj);
            DMatrix matrix = NativeMatrix.dense(some.features(), some.labels().length, columns, types);
            try {
                for (float[] row : booster.predictContrib(matrix, 0)) {
                    for (int i = 0; i < row.length; i++) {
                        if (i % width < width - 1) {
                            sums[i % width] += Math.abs(row[i]) / some.labels().length;
                        }
                    }
                }
                return sums;
            } finally {
                matrix.dispose();
                booster.dispose();
            }
        }
    }

    /** Rows on the heap of a task, row-major. */
    @SuppressWarnings("ArrayRecordComponent") // Rows by the million; equality is never asked.
    private record Held(float[] features, float[] labels, float[] weights) {
        static Held of(Iterator<Row> rows, int width) {
            List<float[]> features = new ArrayList<>();
            List<float[]> targets = new ArrayList<>();
            while (rows.hasNext()) {
                Row row = rows.next();
                Vector vector = row.getAs(SparkLearner.FEATURES);
                float[] values = new float[width];
                for (int column = 0; column < width; column++) {
                    values[column] = (float) vector.apply(column);
                }
                features.add(values);
                targets.add(new float[] {
                    row.<Double>getAs(SparkLearner.LABEL).floatValue(),
                    row.<Double>getAs(SparkLearner.WEIGHT).floatValue()
                });
            }
            return of(features, targets, width);
        }

        private static Held of(List<float[]> features, List<float[]> targets, int width) {
            int count = features.size();
            Held held = new Held(new float[Math.multiplyExact(count, width)], new float[count], new float[count]);
            for (int row = 0; row < count; row++) {
                System.arraycopy(features.get(row), 0, held.features, row * width, width);
                held.labels[row] = targets.get(row)[0];
                held.weights[row] = targets.get(row)[1];
            }
            return held;
        }

        /** So many rows at equal distances, or all. */
        Held thinned(int most, int width) {
            int count = Math.min(most, labels.length);
            Held thinned = new Held(new float[count * width], new float[count], new float[count]);
            for (int row = 0; row < count; row++) {
                int from = (int) ((long) row * labels.length / count);
                System.arraycopy(features, from * width, thinned.features, row * width, width);
                thinned.labels[row] = labels[from];
                thinned.weights[row] = weights[from];
            }
            return thinned;
        }
    }
}

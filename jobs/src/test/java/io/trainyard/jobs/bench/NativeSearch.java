package io.trainyard.jobs.bench;

import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The limit: XGBoost's native library in plain loops, one thread a core, all on one shared matrix. Judges as
 * ours does: the exact metric after the last round.
 */
final class NativeSearch implements Contestant {
    private final Plain train;
    private final Plain validation;
    private final int columns;
    private final int slots;
    private final int rounds;

    /** Rows as plain arrays. */
    @SuppressWarnings("ArrayRecordComponent") // Private to this class and never compared.
    private record Plain(float[] features, float[] labels) {}

    NativeSearch(Dataset<Row> rows, int columns, int slots, int rounds) {
        this.columns = columns;
        this.slots = slots;
        this.rounds = rounds;
        List<Row> all = rows.collectAsList();
        this.train = plain(all, Part.SEARCH_TRAIN);
        this.validation = plain(all, Part.SEARCH_VALIDATION);
    }

    private Plain plain(List<Row> rows, Part part) {
        List<Row> own = rows.stream().filter(row -> BenchRows.isIn(row, part)).toList();
        float[] features = new float[own.size() * columns];
        float[] labels = new float[own.size()];
        for (int i = 0; i < labels.length; i++) {
            BenchRows.features(own.get(i), features, i * columns);
            labels[i] = own.get(i).<Double>getAs(BenchRows.LABEL).floatValue();
        }
        return new Plain(features, labels);
    }

    @Override
    public String name() {
        return "plain native loops";
    }

    @Override
    public Run run(List<Configuration> configurations) throws XGBoostError, InterruptedException, ExecutionException {
        Stopwatch loading = new Stopwatch();
        DMatrix trained = matrix(train);
        DMatrix judged = matrix(validation);
        double loaded = loading.seconds();
        ExecutorService threads = Executors.newFixedThreadPool(slots);
        try {
            Stopwatch searching = new Stopwatch();
            List<Callable<Double>> tasks = new ArrayList<>();
            configurations.forEach(configuration -> tasks.add(() -> value(configuration, trained, judged)));
            List<Double> values = new ArrayList<>();
            for (Future<Double> value : threads.invokeAll(tasks)) {
                values.add(value.get());
            }
            return new Run(loaded, searching.seconds(), values);
        } finally {
            threads.shutdownNow();
            trained.dispose();
            judged.dispose();
        }
    }

    private DMatrix matrix(Plain rows) throws XGBoostError {
        DMatrix matrix = new DMatrix(rows.features(), rows.labels().length, columns, Float.NaN);
        matrix.setLabel(rows.labels());
        return matrix;
    }

    private double value(Configuration configuration, DMatrix trained, DMatrix judged) throws XGBoostError {
        Booster booster = XGBoost.train(trained, configuration.nativeParameters(), 0, Map.of(), null, null);
        try {
            for (int round = 0; round < rounds; round++) {
                booster.update(trained, round);
            }
            return area(booster.predict(judged, false, rounds));
        } finally {
            booster.dispose();
        }
    }

    private double area(float[][] predicted) {
        double[] scores = new double[predicted.length];
        double[] labels = new double[predicted.length];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = predicted[row][0];
            labels[row] = validation.labels()[row];
        }
        return Metric.ROC_AUC.of(Predictions.unweighted(labels, scores, 1));
    }
}

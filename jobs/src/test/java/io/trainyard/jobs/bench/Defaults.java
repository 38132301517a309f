package io.trainyard.jobs.bench;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.tuning.metric.Groups;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Predictions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.ml.PredictionModel;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The libraries as they come, on the rows of a final fit: numbers alone; what is missing is 0 for those that take no missing values. */
final class Defaults {
    /** XGBoost's scikit-learn interface trains so many rounds by default; its native one leaves it to the caller. */
    private static final int ROUNDS = 100;

    private static final String FEATURES = "features";
    private static final String LABEL = "label";
    private static final String[] OTHERS = {LABEL, TrainingSet.GROUP, TrainingSet.UNIT};

    private final Dataset<Row> train;
    private final Dataset<Row> test;
    private final List<String> columns;

    Defaults(SparkSession spark, TrainingSet set) {
        columns = set.features().stream().map(FeatureColumn::column).toList();
        Dataset<Row> rows = set.rows(spark);
        train = numbers(rows.where(col(TrainingSet.FINAL).equalTo("train")));
        test = numbers(rows.where(col(TrainingSet.FINAL).equalTo("test")));
    }

    private Dataset<Row> numbers(Dataset<Row> rows) {
        Column[] numbers = new Column[columns.size() + OTHERS.length];
        numbers[columns.size()] = col(TrainingSet.LABEL).cast("double").as(LABEL);
        numbers[columns.size() + 1] = col(TrainingSet.GROUP);
        numbers[columns.size() + 2] = col(TrainingSet.UNIT);
        for (int i = 0; i < columns.size(); i++) {
            numbers[i] = col(columns.get(i)).cast("double").as(columns.get(i));
        }
        return rows.select(numbers).cache();
    }

    /** By the library's name. */
    Map<String, Map<Metric, Double>> judged() throws XGBoostError {
        Map<String, Map<Metric, Double>> values = new LinkedHashMap<>();
        values.put("XGBoost", xgboost());
        values.put("random forest", spark(new RandomForestClassifier().fit(vectors(train))));
        values.put("logistic regression", spark(new LogisticRegression().fit(vectors(train))));
        train.unpersist();
        test.unpersist();
        return values;
    }

    private Map<Metric, Double> xgboost() throws XGBoostError {
        Booster booster = XGBoost.train(
                plain(train), Map.of("objective", "binary:logistic", "verbosity", 0), ROUNDS, Map.of(), null, null);
        float[][] predicted = booster.predict(plain(test));
        double[] scores = new double[predicted.length];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = predicted[row][0];
        }
        return judged(test.collectAsList(), scores);
    }

    private DMatrix plain(Dataset<Row> rows) throws XGBoostError {
        List<Row> all = rows.collectAsList();
        float[] features = new float[all.size() * columns.size()];
        float[] labels = new float[all.size()];
        for (int row = 0; row < labels.length; row++) {
            for (int column = 0; column < columns.size(); column++) {
                Double value = all.get(row).getAs(columns.get(column));
                features[row * columns.size() + column] = value == null ? Float.NaN : value.floatValue();
            }
            labels[row] = all.get(row).<Double>getAs(LABEL).floatValue();
        }
        DMatrix matrix = new DMatrix(features, all.size(), columns.size(), Float.NaN);
        matrix.setLabel(labels);
        return matrix;
    }

    private Dataset<Row> vectors(Dataset<Row> rows) {
        Column[] filled = new Column[columns.size() + OTHERS.length];
        for (int i = 0; i < OTHERS.length; i++) {
            filled[columns.size() + i] = col(OTHERS[i]);
        }
        for (int i = 0; i < columns.size(); i++) {
            filled[i] = coalesce(col(columns.get(i)), lit(0.0)).as(columns.get(i));
        }
        return new VectorAssembler()
                .setInputCols(columns.toArray(String[]::new))
                .setOutputCol(FEATURES)
                .transform(rows.select(filled));
    }

    private Map<Metric, Double> spark(PredictionModel<Vector, ?> model) {
        List<Row> scored = model.transform(vectors(test))
                .select(
                        col(LABEL),
                        col(TrainingSet.GROUP),
                        col(TrainingSet.UNIT),
                        functions
                                .vector_to_array(col("probability"), "float64")
                                .getItem(1)
                                .as("score"))
                .collectAsList();
        return judged(
                scored,
                scored.stream().mapToDouble(row -> row.<Double>getAs("score")).toArray());
    }

    private static Map<Metric, Double> judged(List<Row> rows, double[] scores) {
        double[] labels =
                rows.stream().mapToDouble(row -> row.<Double>getAs(LABEL)).toArray();
        double[] weights = new double[labels.length];
        Arrays.fill(weights, 1);
        Groups groups = Groups.of(longs(rows, TrainingSet.GROUP), longs(rows, TrainingSet.UNIT));
        Predictions predictions = new Predictions(labels, scores, 1, weights, RollingWeeks.CARDS, groups);
        Map<Metric, Double> judged = new LinkedHashMap<>();
        RollingWeeks.METRICS.forEach(metric -> judged.put(metric, metric.of(predictions)));
        return judged;
    }

    private static long[] longs(List<Row> rows, String column) {
        return rows.stream().mapToLong(row -> row.<Long>getAs(column)).toArray();
    }
}

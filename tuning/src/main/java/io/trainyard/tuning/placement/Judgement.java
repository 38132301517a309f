package io.trainyard.tuning.placement;

import static org.apache.spark.sql.functions.col;

import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Bootstrap;
import io.trainyard.tuning.metric.CalibrationError;
import io.trainyard.tuning.metric.Groups;
import io.trainyard.tuning.metric.Interval;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.PairedGain;
import io.trainyard.tuning.metric.Predictions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.Tuple2;

/** Measures predictions where they are: a single task sees every row of what is measured, and the driver only numbers. */
public final class Judgement {
    /** Columns that a model of Spark ML adds. */
    private static final String PROBABILITY = "probability";

    private static final String PREDICTION = "prediction";
    private static final String SCORE = "score";
    private static final String OTHER = "other";
    private static final String PART = "_part";

    private final TrialSettings settings;
    private final String label;
    private final String weight;
    private final List<String> order;

    /**
     * @param label column of the encoded label, a double
     * @param weight column of the weight, a double
     * @param order columns that put the rows in an order of their own, so that sums and resamples repeat exactly; may be empty
     */
    public Judgement(TrialSettings settings, String label, String weight, List<String> order) {
        this.settings = settings;
        this.label = label;
        this.weight = weight;
        this.order = List.copyOf(order);
    }

    /** The metrics over all rows; NaN where one is undefined, also because there is no row. */
    List<Double> of(Dataset<Row> predicted, List<Metric> metrics) {
        return inOneTask(
                predicted,
                predictions ->
                        metrics.stream().map(metric -> metric.of(predictions)).toList(),
                Collections.nCopies(metrics.size(), Double.NaN));
    }

    /** @throws FailedTrialException when a metric is not defined */
    static Boosting.Judged defined(TrialSettings settings, Boosting.Judged judged) {
        return defined(settings, judged, "");
    }

    /** @param where of which fold, for the message */
    static Boosting.Judged defined(TrialSettings settings, Boosting.Judged judged, String where) {
        for (int i = 0; i < judged.values().size(); i++) {
            if (Double.isNaN(judged.values().get(i))) {
                throw new FailedTrialException(
                        settings.metrics().get(i) + " is undefined on the validation rows" + where);
            }
        }
        return judged;
    }

    /** Every metric that is told of a model, with its bootstrap interval, by unit where rows have one; empty if there is no row. */
    public Map<Metric, Interval> intervals(Dataset<Row> predicted, Bootstrap bootstrap) {
        List<Metric> metrics = settings.measured();
        return inOneTask(
                predicted, predictions -> intervals(metrics, predictions, bootstrap), new EnumMap<>(Metric.class));
    }

    /**
     * As {@link #intervals(Dataset, Bootstrap)}, of each part of the rows by itself; each part is seen by a single task.
     *
     * @param part a text that says to which part a row belongs
     */
    public Map<String, Map<Metric, Interval>> intervals(
            Dataset<Row> predicted, Column part, List<Metric> metrics, Bootstrap bootstrap) {
        return inParts(predicted, part, predictions -> intervals(metrics, predictions, bootstrap));
    }

    /** The metrics of each part of the rows by itself; NaN where one is undefined. */
    public Map<String, Map<Metric, Double>> of(Dataset<Row> predicted, Column part, List<Metric> metrics) {
        return inParts(predicted, part, predictions -> {
            EnumMap<Metric, Double> values = new EnumMap<>(Metric.class);
            metrics.forEach(metric -> values.put(metric, metric.of(predictions)));
            return values;
        });
    }

    /** The expected calibration error of the probabilities of classes; NaN if there is no row. */
    public double calibrationError(Dataset<Row> predicted) {
        return inOneTask(predicted, CalibrationError::of, Double.NaN);
    }

    /**
     * How two models do on the same rows, by each of some metrics; empty if there is no row.
     *
     * @param rows with the scores of both, of the form that a model of Spark ML adds: probabilities of classes, or a number
     * @param first column of the one's scores
     * @param second column of the other's scores
     */
    public Map<Metric, PairedGain> paired(
            Dataset<Row> rows, Column first, Column second, Set<Metric> metrics, Bootstrap bootstrap) {
        TrialSettings judged = settings;
        Set<String> grouping = grouping(rows);
        List<Metric> asked = List.copyOf(metrics);
        List<Column> columns = judged(grouping, first);
        columns.add(second.as(OTHER));
        List<Map<Metric, PairedGain>> answers = rows.repartition(1)
                .sortWithinPartitions(ordered())
                .select(columns.toArray(Column[]::new))
                .toJavaRDD()
                .mapPartitions(iterator -> {
                    List<Row> both = new ArrayList<>();
                    iterator.forEachRemaining(both::add);
                    return both.isEmpty()
                            ? Collections.emptyIterator()
                            : List.of(gains(
                                            asked,
                                            predictions(both.iterator(), judged, grouping, SCORE),
                                            predictions(both.iterator(), judged, grouping, OTHER),
                                            bootstrap))
                                    .iterator();
                })
                .collect();
        return answers.isEmpty() ? Map.of() : answers.get(0);
    }

    private static Map<Metric, PairedGain> gains(
            List<Metric> metrics, Predictions first, Predictions second, Bootstrap bootstrap) {
        Map<Metric, PairedGain> gains = new EnumMap<>(Metric.class);
        metrics.forEach(metric -> gains.put(metric, bootstrap.pairedGain(metric, first, second)));
        return gains;
    }

    /** The column of scores that metrics look at, among those that a model of Spark ML adds. */
    public Column scores() {
        return col(settings.task().isNumber() ? PREDICTION : PROBABILITY);
    }

    private static EnumMap<Metric, Interval> intervals(
            List<Metric> metrics, Predictions predictions, Bootstrap bootstrap) {
        EnumMap<Metric, Interval> intervals = new EnumMap<>(Metric.class);
        metrics.forEach(metric -> intervals.put(metric, bootstrap.interval(metric, predictions)));
        return intervals;
    }

    @FunctionalInterface
    private interface Measure<T> extends Serializable {
        T of(Predictions predictions);
    }

    private <T> T inOneTask(Dataset<Row> predicted, Measure<T> measure, T ifEmpty) {
        TrialSettings judged = settings;
        Set<String> grouping = grouping(predicted);
        List<T> answers = SparkLearner.withProbability(predicted)
                .repartition(1)
                .sortWithinPartitions(ordered())
                .select(judged(grouping, scores()).toArray(Column[]::new))
                .toJavaRDD()
                .mapPartitions(rows -> rows.hasNext()
                        ? List.of(measure.of(predictions(rows, judged, grouping, SCORE)))
                                .iterator()
                        : List.<T>of().iterator())
                .collect();
        return answers.isEmpty() ? ifEmpty : answers.get(0);
    }

    private <V> Map<String, Map<Metric, V>> inParts(
            Dataset<Row> predicted, Column part, Measure<EnumMap<Metric, V>> measure) {
        TrialSettings judged = settings;
        Set<String> grouping = grouping(predicted);
        List<Column> columns = judged(grouping, scores());
        columns.add(part.as(PART));
        order.forEach(column -> columns.add(col(column)));
        FlatMapGroupsFunction<String, Row, Tuple2<String, EnumMap<Metric, V>>> measured =
                (name, rows) -> List.of(new Tuple2<>(name, measure.of(predictions(rows, judged, grouping, SCORE))))
                        .iterator();
        @SuppressWarnings("unchecked") // a class literal knows no type arguments
        Encoder<EnumMap<Metric, V>> values =
                (Encoder<EnumMap<Metric, V>>) (Encoder<?>) Encoders.javaSerialization(EnumMap.class);
        Map<String, Map<Metric, V>> answers = new HashMap<>();
        SparkLearner.withProbability(predicted)
                .select(columns.toArray(Column[]::new))
                .groupByKey((MapFunction<Row, String>) row -> row.getAs(PART), Encoders.STRING())
                .flatMapSortedGroups(ordered(), measured, Encoders.tuple(Encoders.STRING(), values))
                .collectAsList()
                .forEach(answered -> answers.put(answered._1(), answered._2()));
        return answers;
    }

    private Column[] ordered() {
        return order.stream().map(functions::col).toArray(Column[]::new);
    }

    private static Set<String> grouping(Dataset<Row> predicted) {
        Set<String> grouping = new HashSet<>(List.of(predicted.columns()));
        grouping.retainAll(List.of(SparkLearner.GROUP, SparkLearner.UNIT));
        return grouping;
    }

    /** What metrics look at. */
    private List<Column> judged(Set<String> grouping, Column score) {
        List<Column> columns =
                new ArrayList<>(List.of(col(label).as("label"), col(weight).as("weight"), score.as(SCORE)));
        grouping.forEach(column -> columns.add(col(column)));
        return columns;
    }

    private static Predictions predictions(
            Iterator<Row> rows, TrialSettings settings, Set<String> grouping, String score) {
        int width = settings.scores();
        boolean number = settings.task().isNumber();
        DoubleStream.Builder labels = DoubleStream.builder();
        DoubleStream.Builder weights = DoubleStream.builder();
        DoubleStream.Builder scores = DoubleStream.builder();
        LongStream.Builder groups = LongStream.builder();
        LongStream.Builder units = LongStream.builder();
        while (rows.hasNext()) {
            Row row = rows.next();
            if (grouping.contains(SparkLearner.GROUP)) {
                groups.add(row.<Long>getAs(SparkLearner.GROUP));
            }
            if (grouping.contains(SparkLearner.UNIT)) {
                units.add(row.<Long>getAs(SparkLearner.UNIT));
            }
            labels.add(row.<Double>getAs("label"));
            weights.add(row.<Double>getAs("weight"));
            if (number) {
                scores.add(row.<Double>getAs(score));
            } else {
                Vector probabilities = row.getAs(score);
                for (int one = 0; one < width; one++) {
                    scores.add(probabilities.apply(width == 1 ? 1 : one));
                }
            }
        }
        return settings.predictions(
                labels.build().toArray(),
                scores.build().toArray(),
                weights.build().toArray(),
                Groups.of(groups.build().toArray(), units.build().toArray()));
    }
}

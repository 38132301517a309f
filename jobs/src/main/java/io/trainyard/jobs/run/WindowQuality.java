package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.jobs.monitor.Quality;
import io.trainyard.jobs.monitor.SliceQuality;
import io.trainyard.registry.Score;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Bootstrap;
import io.trainyard.tuning.metric.Interval;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.placement.Judgement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How good predictions are: of windows by every metric, and of slices of them by those of the search, since each interval draws all rows
 * again and again.
 */
final class WindowQuality {
    private static final int RESAMPLES = 200;
    private static final double LEVEL = 0.95;

    /** The most frequent values of a feature that are slices. */
    private static final int SLICES = 20;

    /** An estimate looks at every row once for each class. */
    private static final int CLASSES = 20;

    private static final String PART = "_quality_part";
    private static final String SEPARATOR = "\n";
    private static final Column WINDOW = col(WatchedRows.WINDOW).cast("string");

    private final WatchedRows rows;
    private final TrialSettings settings;
    private final List<Metric> metrics;
    private final Map<String, List<Slice>> slices = new HashMap<>();
    private final Map<String, Map<Metric, Interval>> measured;
    private final Map<String, Map<Metric, Double>> estimated;
    private final Map<String, long[]> sizes;

    /** A value of a feature. */
    private record Slice(String feature, String value) {}

    /** @param features whose most frequent values are slices */
    WindowQuality(WatchedRows rows, TrialSettings settings, List<String> features) {
        this(rows, settings, features, settings.measured());
    }

    /** @param metrics that windows are measured by */
    WindowQuality(WatchedRows rows, TrialSettings settings, List<String> features, List<Metric> metrics) {
        this.rows = rows;
        this.settings = settings;
        this.metrics = List.copyOf(metrics);
        features.forEach(feature -> slices.put(feature, values(feature)));
        this.sizes = partSizes();
        this.measured = measure();
        this.estimated = estimate();
    }

    private List<Slice> values(String feature) {
        return rows
                .predicted()
                .groupBy(rows.text(feature).as("value"))
                .agg(count(lit(1)).as("rows"))
                .orderBy(desc("rows"), col("value"))
                .limit(SLICES)
                .collectAsList()
                .stream()
                .map(row -> new Slice(feature, row.getAs("value")))
                .toList();
    }

    /** The parts that a row is in: its window, and each slice of that. */
    private Column parts() {
        List<Column> parts = new ArrayList<>(List.of(WINDOW));
        slices.forEach((feature, values) -> {
            Column value = rows.text(feature);
            parts.add(when(
                    value.isin(values.stream().map(Slice::value).toArray()),
                    concat_ws(SEPARATOR, WINDOW, lit(feature), value)));
        });
        return explode(array(parts.toArray(Column[]::new)));
    }

    private Map<String, long[]> partSizes() {
        Map<String, long[]> counted = new HashMap<>();
        rows.predicted()
                .select(parts().as(PART), col(Scorer.TARGET))
                .where(col(PART).isNotNull())
                .groupBy(PART)
                .agg(count(lit(1)).as("rows"), count(col(Scorer.TARGET)).as("labelled"))
                .collectAsList()
                .forEach(row -> counted.put(
                        row.getAs(PART), new long[] {row.<Long>getAs("rows"), row.<Long>getAs("labelled")}));
        return counted;
    }

    private Map<String, Map<Metric, Interval>> measure() {
        Dataset<Row> labelled = rows.labelled();
        if (List.of(labelled.columns()).contains(SparkLearner.GROUP)) {
            labelled = labelled.where(col(SparkLearner.GROUP).isNotNull());
        }
        Judgement judgement = new Judgement(settings, Scorer.TARGET, TrainingSet.WEIGHT, List.of(TrainingSet.KEY));
        Bootstrap bootstrap = new Bootstrap(RESAMPLES, LEVEL, settings.seed());
        Map<String, Map<Metric, Interval>> scores =
                new HashMap<>(judgement.intervals(labelled, WINDOW, metrics, bootstrap));
        if (!slices.isEmpty()) {
            Dataset<Row> sliced =
                    labelled.withColumn(PART, parts()).where(col(PART).contains(SEPARATOR));
            scores.putAll(judgement.intervals(sliced, col(PART), settings.metrics(), bootstrap));
        }
        return scores;
    }

    /**
     * What calibrated probabilities lead to expect before labels come: each row counts as one of every class, with the class's probability
     * as its weight, so that any weighted metric becomes the expected one (confidence-based performance estimation; Guo and others 2017,
     * "On Calibration of Modern Neural Networks", on what calibration means).
     */
    private Map<String, Map<Metric, Double>> estimate() {
        if (settings.task().isNumber() || settings.classes() > CLASSES) {
            return Map.of();
        }
        List<Metric> expectable =
                metrics.stream().filter(metric -> !metric.isAtK()).toList();
        Column[] kept = Stream.of(WatchedRows.WINDOW, TrainingSet.KEY, TrainingSet.WEIGHT, "probability")
                .map(name -> col(name))
                .toArray(Column[]::new);
        Column[] exploded = Stream.concat(
                        Stream.of(kept),
                        Stream.of(posexplode(functions.vector_to_array(col("probability"), "float64"))
                                .as(new String[] {"_class", "_share"})))
                .toArray(Column[]::new);
        Dataset<Row> expected = rows.predicted()
                .select(exploded)
                .withColumn(Scorer.TARGET, col("_class").cast("double"))
                .withColumn(TrainingSet.WEIGHT, col(TrainingSet.WEIGHT).multiply(col("_share")));
        return new Judgement(settings, Scorer.TARGET, TrainingSet.WEIGHT, List.of(TrainingSet.KEY, Scorer.TARGET))
                .of(expected, WINDOW, expectable);
    }

    /** Of a whole window. */
    Quality of(int window) {
        return quality(String.valueOf(window));
    }

    /** Of the slices of a window that have rows. */
    List<SliceQuality> slices(int window) {
        return slices.values().stream()
                .flatMap(List::stream)
                .map(slice -> new SliceQuality(
                        slice.feature(),
                        slice.value(),
                        quality(String.join(SEPARATOR, String.valueOf(window), slice.feature(), slice.value()))))
                .filter(slice -> slice.quality().rows() > 0)
                .toList();
    }

    private Quality quality(String part) {
        long[] size = sizes.getOrDefault(part, new long[2]);
        List<Score> scores = new ArrayList<>();
        measured.getOrDefault(part, Map.of())
                .forEach((metric, interval) -> scores.add(
                        new Score(metric.scored(settings.shape()), interval.value(), interval.low(), interval.high())));
        List<Score> estimates = new ArrayList<>();
        estimated
                .getOrDefault(part, Map.of())
                .forEach((metric, value) -> estimates.add(Score.of(metric.scored(settings.shape()), value)));
        return new Quality(size[0], size[1], scores, estimates);
    }
}

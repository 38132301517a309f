package io.trainyard.tuning.placement;

import static org.apache.spark.sql.functions.col;

import io.trainyard.tuning.explanation.ColumnImportance;
import io.trainyard.tuning.explanation.FeatureColumns;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The importance of each feature to a model of MLlib, measured on rows that it was not fitted on. All columns of a feature are dealt to
 * other rows together: one of a category's columns alone would make rows that have two categories, or none. The model sees all the dealt
 * rows in one job.
 */
final class SparkExplanation {
    private static final int PERMUTATIONS = 3;

    /** Tasks for each slot: copies take equally long, so that few are enough. */
    private static final int TASKS = 2;

    private final TrialSettings settings;
    private final Transformer model;
    private final List<FeatureColumns> features;

    SparkExplanation(TrialSettings settings, Transformer model, List<FeatureColumns> features) {
        this.settings = settings;
        this.model = model;
        this.features = List.copyOf(features);
    }

    /** In the order of the features; empty if there is no row. */
    List<ColumnImportance> of(Dataset<Row> rows) {
        DealtRows dealt = DealtRows.sample(rows, settings.seed());
        if (dealt.count() == 0) {
            return List.of();
        }
        Map<String, Map<Metric, Double>> values = values(rows.sparkSession(), dealt);
        Optional<Vector> gain = SparkLearner.gain(model);
        List<ColumnImportance> importance = new ArrayList<>();
        for (int feature = 0; feature < features.size(); feature++) {
            FeatureColumns columns = features.get(feature);
            importance.add(new ColumnImportance(
                    columns.feature(),
                    gain.map(all -> sum(all, columns)).orElse(Double.NaN),
                    Double.NaN,
                    permutation(values, feature)));
        }
        return importance;
    }

    /** The metric on each copy of the rows: the first is as it was, then there are a few for each feature. */
    private Map<String, Map<Metric, Double>> values(SparkSession spark, DealtRows dealt) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int copies = copy(features.size(), 0);
        Broadcast<DealtRows> shared = context.broadcast(dealt);
        try {
            List<FeatureColumns> spans = features;
            var rows = context.parallelize(
                            IntStream.range(0, copies).boxed().toList(),
                            Math.min(copies, TASKS * context.defaultParallelism()))
                    .flatMap(copy -> copy == 0
                            ? shared.value().asTheyAre()
                            : shared.value().dealt(copy, spans.get((copy - 1) / PERMUTATIONS), stream(copy)));
            Dataset<Row> judged = model.transform(spark.createDataFrame(rows, dealt.schema()));
            return new Judgement(settings, SparkLearner.LABEL, SparkLearner.WEIGHT, List.of(DealtRows.ROW))
                    .of(judged, col(DealtRows.COPY).cast("string"), List.of(settings.metric()));
        } finally {
            shared.destroy();
        }
    }

    private static int copy(int feature, int time) {
        return 1 + feature * PERMUTATIONS + time;
    }

    /** Of random numbers, the same for the same column as a booster's explanation takes. */
    private static long stream(int copy) {
        return 31L * ((copy - 1) / PERMUTATIONS) + (copy - 1) % PERMUTATIONS;
    }

    private double permutation(Map<String, Map<Metric, Double>> values, int feature) {
        double whole = value(values, 0);
        double worse = 0;
        for (int time = 0; time < PERMUTATIONS; time++) {
            double permuted = value(values, copy(feature, time));
            worse += (settings.metric().higherIsBetter() ? whole - permuted : permuted - whole) / PERMUTATIONS;
        }
        return worse;
    }

    private double value(Map<String, Map<Metric, Double>> values, int copy) {
        return values.get(String.valueOf(copy)).get(settings.metric());
    }

    private static double sum(Vector all, FeatureColumns columns) {
        return IntStream.range(columns.first(), columns.first() + columns.count())
                .mapToDouble(all::apply)
                .sum();
    }
}

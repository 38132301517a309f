package io.trainyard.jobs.run;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.profile.Profile;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.Score;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.tuning.explanation.ColumnImportance;
import io.trainyard.tuning.metric.Bootstrap;
import io.trainyard.tuning.metric.Interval;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.placement.Judgement;
import io.trainyard.tuning.placement.Placement;
import io.trainyard.tuning.placement.Placement.FittedModel;
import io.trainyard.tuning.placement.ResidentPlacement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the test rows say of a final model. */
final class FinalTest {
    private static final int RESAMPLES = 1_000;
    private static final double LEVEL = 0.95;

    private final SparkSession spark;
    private final Learning learning;

    FinalTest(SparkSession spark, Learning learning) {
        this.spark = spark;
        this.learning = learning;
    }

    /** What the predictions of the test rows look like. */
    Profile predictions(Encoding encoding, Transformer model) {
        Scorer scorer = new Scorer(encoding, model);
        return ModelProfiles.ofPredictions(predicted(scorer), scorer);
    }

    private Dataset<Row> predicted(Scorer scorer) {
        return scorer.predictLabelled(learning.testRows(spark), learning.set().features());
    }

    /** Every metric that fits the task, with its interval. */
    List<Score> scores(Encoding encoding, Transformer model) {
        Dataset<Row> predicted = predicted(new Scorer(encoding, model));
        Map<Metric, Interval> intervals = new Judgement(
                        learning.settings(), Scorer.TARGET, TrainingSet.WEIGHT, List.of(TrainingSet.KEY))
                .intervals(
                        predicted,
                        new Bootstrap(RESAMPLES, LEVEL, learning.settings().seed()));
        List<Score> scores = new ArrayList<>();
        intervals.forEach((metric, interval) -> scores.add(new Score(
                metric.scored(learning.settings().shape()), interval.value(), interval.low(), interval.high())));
        return scores;
    }

    /** Of boosters, which alone are explained; what moves the margins most comes first. */
    static List<FeatureImportance> importance(FittedModel model, Placement placement) throws InterruptedException {
        if (!(model instanceof FittedModel.Booster booster && placement instanceof ResidentPlacement resident)) {
            return List.of();
        }
        return resident.explain("importance of features", booster.ubj()).stream()
                .sorted(Comparator.comparingDouble(ColumnImportance::contribution)
                        .reversed())
                .map(column -> new FeatureImportance(
                        column.column(), column.gain(), column.contribution(), column.permutation()))
                .toList();
    }
}

package io.trainyard.jobs.run;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.profile.Profile;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.Score;
import io.trainyard.registry.bundle.Calibration;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.tuning.ensemble.IsotonicScaling;
import io.trainyard.tuning.explanation.ColumnImportance;
import io.trainyard.tuning.explanation.FeatureColumns;
import io.trainyard.tuning.metric.Bootstrap;
import io.trainyard.tuning.metric.Interval;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.placement.DistributedPlacement;
import io.trainyard.tuning.placement.DriverPlacement;
import io.trainyard.tuning.placement.Judgement;
import io.trainyard.tuning.placement.Placement;
import io.trainyard.tuning.placement.Placement.FittedModel;
import io.trainyard.tuning.placement.ResidentPlacement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the test rows say of a final model. */
final class FinalTest {
    private static final int RESAMPLES = 1_000;
    private static final double LEVEL = 0.95;
    private static final String IMPORTANCE = "importance of features";

    private final SparkSession spark;
    private final Learning learning;

    FinalTest(SparkSession spark, Learning learning) {
        this.spark = spark;
        this.learning = learning;
    }

    /** What the predictions of the test rows look like. */
    Profile predictions(Scorer scorer) {
        return ModelProfiles.ofPredictions(predicted(scorer), scorer);
    }

    private Dataset<Row> predicted(Scorer scorer) {
        return scorer.predictLabelled(learning.testRows(spark), learning.set().features());
    }

    /** Every metric that fits the task, with its interval. */
    List<Score> scores(Scorer scorer) {
        Dataset<Row> predicted = predicted(scorer);
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

    /**
     * Of a booster by column, what moves the margins most first; of a model of MLlib by feature, what the metric takes most from first.
     */
    static List<FeatureImportance> importance(
            FittedModel model, Encoding encoding, Optional<Calibration> calibration, Placement placement)
            throws InterruptedException {
        if (model instanceof FittedModel.Booster booster && placement instanceof ResidentPlacement resident) {
            return sorted(
                    resident.explain(IMPORTANCE, booster.ubj(), scaling(calibration)), ColumnImportance::contribution);
        }
        if (model instanceof FittedModel.Booster booster && placement instanceof DistributedPlacement distributed) {
            return sorted(
                    distributed.explain(IMPORTANCE, booster.ubj(), scaling(calibration)),
                    ColumnImportance::contribution);
        }
        if (model instanceof FittedModel.SparkModel spark && placement instanceof DriverPlacement driver) {
            return sorted(driver.explain(IMPORTANCE, spark.model(), columns(encoding)), ColumnImportance::permutation);
        }
        return List.of();
    }

    private static IsotonicScaling scaling(Optional<Calibration> calibration) {
        return calibration
                .map(known -> new IsotonicScaling(known.margins(), known.probabilities()))
                .orElse(IsotonicScaling.none());
    }

    private static List<FeatureImportance> sorted(
            List<ColumnImportance> columns, ToDoubleFunction<ColumnImportance> measure) {
        return columns.stream()
                .sorted(Comparator.comparingDouble(measure).reversed())
                .map(column -> new FeatureImportance(
                        column.column(), column.gain(), column.contribution(), column.permutation()))
                .toList();
    }

    private static List<FeatureColumns> columns(Encoding encoding) {
        List<FeatureColumns> columns = new ArrayList<>();
        int first = 0;
        for (Feature feature : encoding.features()) {
            columns.add(new FeatureColumns(feature.name(), first, feature.width()));
            first += feature.width();
        }
        return columns;
    }
}

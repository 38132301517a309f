package io.trainyard.tuning.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.ensemble.IsotonicScaling;
import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.matrix.SampledRows;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Params;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class BoosterExplanationTest {
    private static final int AMOUNT = 0;
    private static final int NOISE = 1;
    private static final int CATEGORY = 2;

    private final SparkSession spark;

    @TempDir
    private Path folder;

    BoosterExplanationTest(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @CsvSource({"BINARY, ROC_AUC, 2", "MULTICLASS, LOG_LOSS, 3", "REGRESSION, RMSE, 0"})
    void findsWhatTheLabelHangsOn(Task task, String metric, int classes) throws Exception {
        TrialSettings settings = new TrialSettings(task, classes, Metric.valueOf(metric), 30, 0, 1);
        MatrixBlocks blocks = Examples.write(spark, folder, Examples.of(task, 2_000));
        Booster booster = booster(settings, blocks);
        SampledRows rows = SampledRows.read(blocks, Part.FINAL_TEST, 300, new Configuration());

        List<ColumnImportance> columns =
                new BoosterExplanation(settings, booster, IsotonicScaling.none(), rows).columns();

        assertThat(rows.count()).as("every second of 400").isEqualTo(200);
        assertThat(columns).extracting(ColumnImportance::column).isEqualTo(Examples.COLUMNS);
        assertThat(columns.stream().mapToDouble(ColumnImportance::gain).sum()).isCloseTo(1, within(1e-9));
        assertThat(columns.get(AMOUNT).contribution())
                .isGreaterThan(columns.get(CATEGORY).contribution());
        assertThat(columns.get(CATEGORY).contribution())
                .isGreaterThan(columns.get(NOISE).contribution());
        assertThat(columns.get(AMOUNT).permutation())
                .isGreaterThan(10 * Math.abs(columns.get(NOISE).permutation()));
        assertThat(columns.get(NOISE).contribution())
                .isCloseTo(meanAbsoluteContribution(booster, rows, NOISE, settings.scores()), within(1e-6));
    }

    /** Of a row XGBoost gives, class by class, a value for each column, and the bias. */
    private static double meanAbsoluteContribution(Booster booster, SampledRows rows, int column, int classes)
            throws Exception {
        double sum = 0;
        for (float[] row : booster.predictContrib(rows.matrix(), 0)) {
            for (int score = 0; score < classes; score++) {
                sum += Math.abs(row[score * (Examples.COLUMNS.size() + 1) + column]);
            }
        }
        return sum / rows.count();
    }

    private static Booster booster(TrialSettings settings, MatrixBlocks blocks) throws Exception {
        Params params = Params.of(Map.of("learning_rate", 0.3, "max_depth", 4L));
        try (NativeMatrix train = NativeMatrix.read(blocks, Part.FINAL_TRAIN, new Configuration())) {
            return XGBoost.loadModel(new Boosting(settings, params, 1, () -> false).fit(train, 30));
        }
    }
}

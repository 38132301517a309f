package io.trainyard.tuning.placement;

import io.trainyard.tuning.ensemble.IsotonicScaling;
import io.trainyard.tuning.explanation.BoosterExplanation;
import io.trainyard.tuning.explanation.ColumnImportance;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.matrix.SampledRows;
import java.io.IOException;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.hadoop.conf.Configuration;

/** What a final booster makes of its columns, on some of the test rows, wherever it was fitted: the work of one task. */
final class TestExplanation {
    private static final int ROWS = 5_000;

    private TestExplanation() {}

    /** @param calibration of its margins; none where its own probabilities count */
    static List<ColumnImportance> of(
            byte[] ubj, IsotonicScaling calibration, MatrixBlocks blocks, TrialSettings settings, Configuration hadoop)
            throws IOException, XGBoostError {
        SampledRows sample = SampledRows.read(blocks, Part.FINAL_TEST, ROWS, hadoop);
        Booster booster = XGBoost.loadModel(ubj);
        try {
            return List.copyOf(new BoosterExplanation(settings, booster, calibration, sample).columns());
        } finally {
            booster.dispose();
        }
    }
}

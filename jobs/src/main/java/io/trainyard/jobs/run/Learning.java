package io.trainyard.jobs.run;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.registry.encoding.ColumnSummary;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.EncodingFit;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.learner.XGBoostLearner;
import java.util.List;

/**
 * What is to be learnt from a training set: the label, the settings of all trials, and for each kind of learner the encoding,
 * fitted once, on the rows that some model is fitted on, which never are test rows.
 */
record Learning(
        TrainingSet set,
        LabelInference.Label label,
        TrialSettings settings,
        List<Learner> learners,
        List<ColumnSummary> columns) {
    Learning {
        learners = List.copyOf(learners);
        columns = List.copyOf(columns);
    }

    /** Trees take categories and missing values as they are; MLlib's families want neither. */
    Encoding encoding(Learner learner) {
        return learner instanceof XGBoostLearner
                ? EncodingFit.trees(columns, label.target())
                : EncodingFit.linear(columns, label.target());
    }

    EncodedRows rows(Learner learner) {
        return new EncodedRows(encoding(learner), set.features());
    }
}

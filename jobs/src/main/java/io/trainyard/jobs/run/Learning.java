package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.registry.encoding.ColumnSummary;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.EncodingFit;
import io.trainyard.registry.encoding.Target;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.learner.XGBoostLearner;
import io.trainyard.tuning.matrix.Grouping;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

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

    /** XGBoost takes categories and missing values as they are, MLlib's trees the former, and its other families neither. */
    Encoding encoding(Learner learner) {
        return encoding(learner, columns, label.target());
    }

    static Encoding encoding(Learner learner, List<ColumnSummary> columns, Target target) {
        if (learner instanceof XGBoostLearner) {
            return EncodingFit.trees(columns, target);
        }
        return learner instanceof SparkLearner family && family.takesCategories()
                ? EncodingFit.binned(columns, target, SparkLearner.MAX_BINS)
                : EncodingFit.linear(columns, target);
    }

    /** The metric whose scores have this name. */
    Metric metric(String scored) {
        return settings.measured().stream()
                .filter(metric -> metric.scored(settings.shape()).equals(scored))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric that is measured is named " + scored));
    }

    /** The training set's rows; where they are ranked, in the order of their groups. */
    Dataset<Row> examples(SparkSession spark) {
        Dataset<Row> rows = grouped(set.rows(spark), settings.task());
        return settings.task() == Task.RANKING ? rows.sort(TrainingSet.GROUP, TrainingSet.KEY) : rows;
    }

    /** The rows on which the final model is tested. */
    Dataset<Row> testRows(SparkSession spark) {
        return grouped(set.rows(spark).where(col(TrainingSet.FINAL).equalTo(SplitColumns.TEST)), settings.task());
    }

    /** Both group and unit, where the training set has one of them: ranked groups are what is independent of each other. */
    static Dataset<Row> grouped(Dataset<Row> rows, Task task) {
        List<String> columns = List.of(rows.columns());
        boolean groups = columns.contains(TrainingSet.GROUP);
        boolean units = columns.contains(TrainingSet.UNIT);
        if (groups == units) {
            return rows;
        }
        if (units) {
            return rows.withColumn(TrainingSet.GROUP, lit(0L));
        }
        return rows.withColumn(
                TrainingSet.UNIT, task == Task.RANKING ? col(TrainingSet.GROUP) : xxhash64(col(TrainingSet.KEY)));
    }

    /** What trials have to know of groups. */
    Grouping grouping(SparkSession spark) {
        if (settings.task() == Task.RANKING) {
            return Grouping.RANKED;
        }
        boolean measured = settings.metrics().stream().anyMatch(Metric::isAtK)
                && List.of(examples(spark).columns()).contains(TrainingSet.GROUP);
        return measured ? Grouping.MEASURED : Grouping.NONE;
    }

    EncodedRows rows(Learner learner) {
        return new EncodedRows(encoding(learner), set.features());
    }
}

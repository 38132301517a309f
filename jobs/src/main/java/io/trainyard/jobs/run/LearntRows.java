package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.ModelVersion;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows that a version has learnt from: those it was fitted on, and those by which it was chosen.
 *
 * @param isKnown whether anybody can tell: not where the version's training set is gone
 * @param keys of these rows; empty where they are none of the test rows in question, or not known
 */
record LearntRows(boolean isKnown, Optional<Dataset<Row>> keys) {
    /** @param tested the training set whose test rows are in question */
    static LearntRows of(ModelVersion version, TrainingSet tested, SparkSession spark) {
        List<Lineage.Input> inputs = version.lineage().inputs();
        if (inputs.isEmpty()) {
            return new LearntRows(false, Optional.empty());
        }
        Lineage.Input trained = inputs.get(0);
        if (trained.fingerprint().equals(tested.fingerprint())) {
            return new LearntRows(true, Optional.empty());
        }
        return TrainingSet.find(spark, trained.uri(), trained.fingerprint())
                .map(set -> new LearntRows(true, Optional.of(learnt(set.rows(spark)))))
                .orElse(new LearntRows(false, Optional.empty()));
    }

    private static Dataset<Row> learnt(Dataset<Row> rows) {
        return rows.where(col(TrainingSet.FINAL)
                        .equalTo(SplitColumns.TRAIN)
                        .or(col(TrainingSet.TRAINS).notEqual(0))
                        .or(col(TrainingSet.VALIDATES).notEqual(0)))
                .select(TrainingSet.KEY);
    }

    /** The rows of a training set that are none of these. */
    Dataset<Row> without(Dataset<Row> rows) {
        List<String> key = List.of(TrainingSet.KEY);
        return keys.map(learnt -> rows.join(learnt, key.toArray(String[]::new), "left_anti"))
                .orElse(rows);
    }
}

package io.trainyard.jobs.bench;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Trial;
import java.util.List;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Trials of a study run by Spark's own tuning: the same parameters, on the rows of the same training set's search, categories as
 * numbers. It is told for each trial with how many rounds early stopping came out, which it could not know.
 */
final class SparkTuning implements TimeToQuality.Peer {
    private final SparkSession spark;
    private final TrainingSet set;
    private final TimedValidationSplit split;

    SparkTuning(SparkSession spark, TrainingSet set, TimedValidationSplit split) {
        this.spark = spark;
        this.set = set;
        this.split = split;
    }

    @Override
    public String name() {
        return "Spark TrainValidationSplit";
    }

    @Override
    public double seconds(List<Trial> trials) {
        Dataset<Row> rows = vectors().cache();
        rows.count();
        XGBoostClassifier classifier = TimedValidationSplit.classifier();
        split.run(rows, classifier, List.of(paramMap(classifier, trials.get(0)))); // loads and compiles
        double seconds = split.run(
                        rows,
                        classifier,
                        trials.stream()
                                .map(trial -> paramMap(classifier, trial))
                                .toList())
                .search();
        rows.unpersist();
        return seconds;
    }

    private Dataset<Row> vectors() {
        Dataset<Row> rows = set.rows(spark).where(TrainingSet.trainsIn(0).or(TrainingSet.validatesIn(0)));
        rows = new StringIndexer()
                .setInputCol(TrainingSet.LABEL)
                .setOutputCol(BenchRows.LABEL)
                .fit(rows)
                .transform(rows);
        Column[] inputs = new Column[set.features().size()];
        for (int i = 0; i < inputs.length; i++) {
            FeatureColumn feature = set.features().get(i);
            String number = "f" + i;
            rows = feature.kind() == FeatureColumn.Kind.TEXT
                    ? new StringIndexer()
                            .setInputCol(feature.column())
                            .setOutputCol(number)
                            .setHandleInvalid("keep")
                            .fit(rows)
                            .transform(rows)
                    : rows.withColumn(number, col(feature.column()).cast("double"));
            inputs[i] = coalesce(col(number), lit(Double.NaN));
        }
        // An assembler would make sparse vectors of rows with many zeros, which XGBoost4J-Spark refuses.
        return rows.select(array_to_vector(array(inputs)).as(BenchRows.FEATURES), col(BenchRows.LABEL));
    }

    private static ParamMap paramMap(XGBoostClassifier classifier, Trial trial) {
        Outcome.Complete outcome = (Outcome.Complete) trial.outcome().orElseThrow();
        return new ParamMap()
                .put(classifier.eta(), number(trial, "learning_rate"))
                .put(classifier.maxDepth(), (int) number(trial, "max_depth"))
                .put(classifier.minChildWeight(), number(trial, "min_child_weight"))
                .put(classifier.subsample(), number(trial, "subsample"))
                .put(classifier.colsampleBytree(), number(trial, "colsample_bytree"))
                .put(classifier.lambda(), number(trial, "reg_lambda"))
                .put(classifier.alpha(), number(trial, "reg_alpha"))
                .put(classifier.numRound(), outcome.measures().get("rounds").intValue());
    }

    private static double number(Trial trial, String parameter) {
        return ((Number) trial.params().value("xgboost." + parameter)).doubleValue();
    }
}

package io.trainyard.jobs.bench;

import java.util.List;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The peer: Spark's {@code TrainValidationSplit} over XGBoost4J-Spark, one worker of one thread a configuration, as many at once as
 * there are slots. It splits the rows at random by itself. Its final fit on all rows is not counted.
 */
final class ValidationSplitSearch implements Contestant {
    private final Dataset<Row> rows;
    private final int slots;
    private final int rounds;

    /** @param rows cached */
    ValidationSplitSearch(Dataset<Row> rows, int slots, int rounds) {
        this.rows = rows;
        this.slots = slots;
        this.rounds = rounds;
    }

    @Override
    public String name() {
        return "Spark TrainValidationSplit";
    }

    @Override
    public Run run(List<Configuration> configurations) {
        XGBoostClassifier classifier = classifier();
        return new TimedValidationSplit("areaUnderROC", slots)
                .run(
                        rows,
                        classifier,
                        configurations.stream()
                                .map(configuration -> paramMap(classifier, configuration))
                                .toList());
    }

    private XGBoostClassifier classifier() {
        XGBoostClassifier classifier = TimedValidationSplit.classifier();
        classifier.setNumRound(rounds);
        classifier.setMaxBins(Configuration.MAX_BIN);
        return classifier;
    }

    private static ParamMap paramMap(XGBoostClassifier classifier, Configuration configuration) {
        return new ParamMap()
                .put(classifier.eta(), configuration.learningRate())
                .put(classifier.maxDepth(), configuration.maxDepth())
                .put(classifier.minChildWeight(), Configuration.MIN_CHILD_WEIGHT)
                .put(classifier.lambda(), configuration.lambda())
                .put(classifier.alpha(), Configuration.ALPHA);
    }
}

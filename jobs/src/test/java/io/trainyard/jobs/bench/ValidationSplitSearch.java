package io.trainyard.jobs.bench;

import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The peer: Spark's {@link TrainValidationSplit} over XGBoost4J-Spark, one worker of one thread a configuration, as many at once as
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
        TrainValidationSplit split = new TrainValidationSplit()
                .setEstimator(classifier)
                .setEstimatorParamMaps(configurations.stream()
                        .map(configuration -> paramMap(classifier, configuration))
                        .toArray(ParamMap[]::new))
                .setTrainRatio(BenchRows.TRAIN_SHARE)
                .setParallelism(slots)
                .setSeed(Configuration.SEED);
        LastEvaluation evaluator = new LastEvaluation();
        double[] values = split.setEvaluator(evaluator).fit(rows).validationMetrics();
        return new Run(0, evaluator.seconds(), Arrays.stream(values).boxed().toList());
    }

    private XGBoostClassifier classifier() {
        XGBoostClassifier classifier = new XGBoostClassifier();
        classifier.setFeaturesCol(BenchRows.FEATURES);
        classifier.setLabelCol(BenchRows.LABEL);
        classifier.setNumWorkers(1);
        classifier.setNthread(1);
        classifier.setNumRound(rounds);
        classifier.setTreeMethod("hist");
        classifier.setMaxBins(Configuration.MAX_BIN);
        classifier.setObjective("binary:logistic");
        classifier.setSeed(Configuration.SEED);
        classifier.setVerbosity(0);
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

    /** Spark's own evaluator, which also knows when the last configuration was judged: the final fit comes after it. */
    private static final class LastEvaluation extends Evaluator {
        private static final long serialVersionUID = 1L;

        private final BinaryClassificationEvaluator evaluator =
                new BinaryClassificationEvaluator().setMetricName("areaUnderROC");
        private final transient Stopwatch stopwatch = new Stopwatch();
        private double seconds;

        /** From making this to the last evaluation. */
        synchronized double seconds() {
            return seconds;
        }

        @Override
        public double evaluate(Dataset<?> predicted) {
            double value = evaluator.evaluate(predicted);
            remember(stopwatch.seconds());
            return value;
        }

        private synchronized void remember(double now) {
            seconds = Math.max(seconds, now);
        }

        @Override
        public boolean isLargerBetter() {
            return true;
        }

        @Override
        public Evaluator copy(ParamMap extra) {
            return this;
        }

        @Override
        public String uid() {
            return "lastEvaluation";
        }
    }
}

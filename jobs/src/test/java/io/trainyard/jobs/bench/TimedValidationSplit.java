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
 * Spark's {@link TrainValidationSplit} by the clock, without its final fit on all rows.
 *
 * @param metric as {@link BinaryClassificationEvaluator} names it
 * @param slots configurations at once
 */
record TimedValidationSplit(String metric, int slots) {

    /** One worker of one thread a configuration. */
    static XGBoostClassifier classifier() {
        XGBoostClassifier classifier = new XGBoostClassifier();
        classifier.setFeaturesCol(BenchRows.FEATURES);
        classifier.setLabelCol(BenchRows.LABEL);
        classifier.setNumWorkers(1);
        classifier.setNthread(1);
        classifier.setTreeMethod("hist");
        classifier.setObjective("binary:logistic");
        classifier.setSeed(Configuration.SEED);
        classifier.setVerbosity(0);
        return classifier;
    }

    Contestant.Run run(Dataset<Row> rows, XGBoostClassifier classifier, List<ParamMap> configurations) {
        TrainValidationSplit split = new TrainValidationSplit()
                .setEstimator(classifier)
                .setEstimatorParamMaps(configurations.toArray(ParamMap[]::new))
                .setTrainRatio(BenchRows.TRAIN_SHARE)
                .setParallelism(slots)
                .setSeed(Configuration.SEED);
        LastEvaluation evaluator = new LastEvaluation(metric);
        double[] values = split.setEvaluator(evaluator).fit(rows).validationMetrics();
        return new Contestant.Run(
                0, evaluator.seconds(), Arrays.stream(values).boxed().toList());
    }

    /** Spark's own evaluator, which also knows when the last configuration was judged: the final fit comes after it. */
    private static final class LastEvaluation extends Evaluator {
        private static final long serialVersionUID = 1L;

        private final BinaryClassificationEvaluator evaluator;
        private final transient Stopwatch stopwatch = new Stopwatch();
        private double seconds;

        private LastEvaluation(String metric) {
            evaluator = new BinaryClassificationEvaluator().setMetricName(metric);
        }

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

package io.trainyard.tuning.placement;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.classification.FMClassifier;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.regression.DecisionTreeRegressor;
import org.apache.spark.ml.regression.FMRegressor;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.regression.GeneralizedLinearRegression;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every learner of MLlib predicts what MLlib, called directly, predicts, and is judged as MLlib's evaluators judge. */
@ExtendWith(SparkExtension.class)
class SparkLearnersTest {
    private static final long SEED = 7;
    private static final List<Task> TASKS =
            List.of(Task.BINARY, Task.MULTICLASS, Task.REGRESSION, Task.POISSON, Task.GAMMA, Task.TWEEDIE);
    private static final double POWER = 1.3;

    private final SparkSession spark;

    SparkLearnersTest(SparkSession spark) {
        this.spark = spark;
    }

    private static List<Arguments> learnersAndTasks() {
        List<Arguments> all = new ArrayList<>();
        for (Learner learner : Learner.all()) {
            TASKS.stream()
                    .filter(task -> learner instanceof SparkLearner && learner.fits(task))
                    .forEach(task -> all.add(Arguments.of(learner.name(), task)));
        }
        return all;
    }

    /** Each learner with the first task that it learns. */
    static List<Arguments> everyLearner() {
        return learnersAndTasks().stream()
                .filter(arguments ->
                        arguments.get()[1] == firstTask((String) arguments.get()[0]))
                .toList();
    }

    static List<Arguments> everyLearnerWithItsOtherTasks() {
        List<Arguments> others = new ArrayList<>(learnersAndTasks());
        others.removeIf(
                arguments -> arguments.get()[1] == firstTask((String) arguments.get()[0]));
        return others;
    }

    private static Task firstTask(String name) {
        Learner learner = Learner.named(name).orElseThrow();
        return TASKS.stream().filter(learner::fits).findFirst().orElseThrow();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyLearner")
    void predictsWhatMllibDoes(String name, Task task) throws Exception {
        assertPredictsWhatMllibDoes(name, task);
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyLearnerWithItsOtherTasks")
    void predictsWhatMllibDoesForItsOtherTasks(String name, Task task) throws Exception {
        assertPredictsWhatMllibDoes(name, task);
    }

    private void assertPredictsWhatMllibDoes(String name, Task task) throws Exception {
        SparkLearner learner = (SparkLearner) Learner.named(name).orElseThrow();
        Dataset<Row> frame = frame(task);
        try {
            Dataset<Row> train = part(frame, Part.SEARCH_TRAIN);
            Dataset<Row> validation = part(frame, Part.SEARCH_VALIDATION);
            TrialSettings settings = settings(task);

            Dataset<Row> found = learner.fit(train, params(name), settings)
                    .transform(validation)
                    .cache();

            Dataset<Row> expected = reference(name, task).fit(train).transform(validation);
            assertThat(scores(found)).isNotEmpty().isEqualTo(scores(expected));
            assertThat(scores(found).stream().distinct().count())
                    .as("not one answer for all")
                    .isGreaterThan(1);
            assertThat(new Judgement(settings, SparkLearner.LABEL, SparkLearner.WEIGHT, List.of())
                            .of(found, settings.metrics()))
                    .singleElement(DOUBLE)
                    .isCloseTo(judged(task, SparkLearner.withProbability(found)), within(1e-9));
            found.unpersist();
        } finally {
            frame.unpersist();
        }
    }

    /** With all thresholds, not bins of them. */
    private static double judged(Task task, Dataset<Row> predicted) {
        return switch (task) {
            case BINARY ->
                new BinaryClassificationEvaluator()
                        .setNumBins(0)
                        .setRawPredictionCol("probability")
                        .setLabelCol(SparkLearner.LABEL)
                        .setWeightCol(SparkLearner.WEIGHT)
                        .evaluate(predicted);
            case MULTICLASS ->
                new MulticlassClassificationEvaluator()
                        .setMetricName("accuracy")
                        .setLabelCol(SparkLearner.LABEL)
                        .setWeightCol(SparkLearner.WEIGHT)
                        .evaluate(predicted);
            default ->
                new RegressionEvaluator()
                        .setMetricName("rmse")
                        .setLabelCol(SparkLearner.LABEL)
                        .setWeightCol(SparkLearner.WEIGHT)
                        .evaluate(predicted);
        };
    }

    /** Small ones: what is compared does not depend on how good it is. */
    private static Params params(String name) {
        return switch (name) {
            case "logistic_regression", "linear_regression" ->
                Params.of(Map.of("reg_param", 0.01, "elastic_net_param", 0.5));
            case "generalized_linear_regression" -> Params.of(Map.of("reg_param", 0.01));
            case "random_forest" ->
                Params.of(
                        Map.of("num_trees", 3L, "max_depth", 3L, "min_instances_per_node", 2L, "feature_subset", 0.5));
            case "gbt" -> Params.of(Map.of("max_iter", 3L, "max_depth", 2L, "step_size", 0.3, "subsampling_rate", 0.7));
            case "decision_tree" -> Params.of(Map.of("max_depth", 3L, "min_instances_per_node", 4L));
            case "linear_svc" -> Params.of(Map.of("reg_param", 1.0));
            case "naive_bayes" -> Params.empty();
            case "factorization_machine" -> Params.of(Map.of("factor_size", 2L, "reg_param", 0.01, "step_size", 0.1));
            case "multilayer_perceptron" -> Params.of(Map.of("hidden_layers", 1L, "hidden_units", 4L, "max_iter", 10L));
            default -> throw new IllegalArgumentException("No parameters for " + name);
        };
    }

    private static TrialSettings settings(Task task) {
        return switch (task) {
            case BINARY -> new TrialSettings(task, 2, Metric.ROC_AUC, 1, 0, SEED);
            case MULTICLASS -> new TrialSettings(task, 3, Metric.ACCURACY, 1, 0, SEED);
            default ->
                new TrialSettings(task, 0, List.of(Metric.RMSE), 1, 0, SEED, task == Task.TWEEDIE ? POWER : Double.NaN);
        };
    }

    /** All that a model says of a row. */
    private static List<Row> scores(Dataset<Row> predicted) {
        Column[] said = Stream.of("prediction", "probability", "rawPrediction", SparkLearner.LABEL)
                .filter(List.of(predicted.columns())::contains)
                .map(org.apache.spark.sql.functions::col)
                .toArray(Column[]::new);
        return predicted.select(said).collectAsList();
    }

    /** Amounts are rounded, so that scores tie; a missing noise is its mean, as the encoding has it. */
    private Dataset<Row> frame(Task task) {
        Column noise = coalesce(when(col("noise").isNaN(), lit(null)).otherwise(col("noise")), lit(0.5f));
        return Examples.frame(spark, Examples.of(task, 400), 1)
                .select(
                        functions
                                .array_to_vector(array(
                                        round(col("amount").cast("double"), 1),
                                        noise.cast("double"),
                                        col("category").equalTo(2).cast("double")))
                                .as(SparkLearner.FEATURES),
                        col("label").cast("double").as(SparkLearner.LABEL),
                        col("weight").cast("double").as(SparkLearner.WEIGHT),
                        col("parts").as(DriverPlacement.PARTS))
                .cache();
    }

    private static Dataset<Row> part(Dataset<Row> frame, Part part) {
        return frame.where(col(DriverPlacement.PARTS).bitwiseAND(part.bit()).notEqual(0));
    }

    /** MLlib's estimator with the same parameters by its own names. */
    private static Estimator<?> reference(String name, Task task) {
        boolean number = task == Task.REGRESSION;
        Estimator<?> estimator = switch (name) {
            case "logistic_regression" ->
                new LogisticRegression().setRegParam(0.01).setElasticNetParam(0.5);
            case "linear_regression" -> new LinearRegression().setRegParam(0.01).setElasticNetParam(0.5);
            case "generalized_linear_regression" -> generalized(task);
            case "random_forest" -> number ? new RandomForestRegressor() : new RandomForestClassifier();
            case "gbt" -> number ? new GBTRegressor() : new GBTClassifier();
            case "decision_tree" -> number ? new DecisionTreeRegressor() : new DecisionTreeClassifier();
            case "linear_svc" -> new LinearSVC().setRegParam(1);
            case "naive_bayes" -> new NaiveBayes().setModelType("gaussian");
            case "factorization_machine" -> number ? new FMRegressor() : new FMClassifier();
            case "multilayer_perceptron" ->
                new MultilayerPerceptronClassifier().setLayers(new int[] {3, 4, task == Task.BINARY ? 2 : 3});
            default -> throw new IllegalArgumentException("No reference for " + name);
        };
        Map<String, Object> parameters = switch (name) {
            case "random_forest" ->
                Map.of("numTrees", 3, "maxDepth", 3, "minInstancesPerNode", 2, "featureSubsetStrategy", "0.5");
            case "gbt" -> Map.of("maxIter", 3, "maxDepth", 2, "stepSize", 0.3, "subsamplingRate", 0.7);
            case "decision_tree" -> Map.of("maxDepth", 3, "minInstancesPerNode", 4);
            case "factorization_machine" -> Map.of("factorSize", 2, "regParam", 0.01, "stepSize", 0.1);
            case "multilayer_perceptron" -> Map.of("maxIter", 10);
            default -> Map.of();
        };
        parameters.forEach((parameter, value) -> estimator.set(estimator.getParam(parameter), value));
        if (estimator.hasParam("maxBins")) {
            estimator.set(estimator.getParam("maxBins"), 256);
        }
        if (estimator.hasParam("seed")) {
            estimator.set(estimator.getParam("seed"), SEED);
        }
        estimator.set(estimator.getParam("featuresCol"), SparkLearner.FEATURES);
        estimator.set(estimator.getParam("labelCol"), SparkLearner.LABEL);
        if (estimator.hasParam("weightCol")) {
            estimator.set(estimator.getParam("weightCol"), SparkLearner.WEIGHT);
        }
        return estimator;
    }

    private static GeneralizedLinearRegression generalized(Task task) {
        GeneralizedLinearRegression regression =
                new GeneralizedLinearRegression().setRegParam(0.01).setMaxIter(100);
        return switch (task) {
            case POISSON -> regression.setFamily("poisson");
            case GAMMA -> regression.setFamily("gamma").setLink("log");
            case TWEEDIE ->
                regression.setFamily("tweedie").setVariancePower(POWER).setLinkPower(0);
            default -> regression;
        };
    }
}

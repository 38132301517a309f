package io.trainyard.tuning.placement;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nanvl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.explanation.ColumnImportance;
import io.trainyard.tuning.explanation.FeatureColumns;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.functions;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class SparkExplanationTest {
    private static final int AMOUNT = 0;
    private static final int NOISE = 1;
    private static final int CATEGORY = 2;
    private static final int CATEGORIES = 5;
    private static final int ROWS = 2_000;

    /** The category has a column for each of its values, the others have one. */
    private static final List<FeatureColumns> FEATURES = List.of(
            new FeatureColumns("amount", 0, 1),
            new FeatureColumns("noise", 1, 1),
            new FeatureColumns("category", 2, CATEGORIES));

    private final SparkSession spark;
    private final List<Dataset<Row>> cached = new ArrayList<>();

    SparkExplanationTest(SparkSession spark) {
        this.spark = spark;
    }

    @AfterEach
    void free() {
        cached.forEach(Dataset::unpersist);
    }

    @ParameterizedTest
    @CsvSource({
        "decision_tree, BINARY, ROC_AUC, 2",
        "random_forest, MULTICLASS, LOG_LOSS, 3",
        "gbt, REGRESSION, RMSE, 0",
        "logistic_regression, BINARY, ROC_AUC, 2",
        "linear_svc, BINARY, ROC_AUC, 2",
        "linear_regression, REGRESSION, RMSE, 0"
    })
    void findsWhatTheLabelHangsOn(String learner, Task task, String metric, int classes) throws Exception {
        TrialSettings settings = new TrialSettings(task, classes, Metric.valueOf(metric), 1, 0, 1);

        List<ColumnImportance> features = explained(learner, settings);

        assertThat(features).extracting(ColumnImportance::column).containsExactly("amount", "noise", "category");
        assertThat(features).extracting(ColumnImportance::contribution).containsOnly(Double.NaN);
        assertThat(features.get(AMOUNT).permutation())
                .isGreaterThan(features.get(CATEGORY).permutation());
        assertThat(features.get(CATEGORY).permutation())
                .isGreaterThan(3 * Math.abs(features.get(NOISE).permutation()));
        if (learner.startsWith("l")) {
            assertThat(features).extracting(ColumnImportance::gain).containsOnly(Double.NaN);
        } else {
            assertThat(features.stream().mapToDouble(ColumnImportance::gain).sum())
                    .isCloseTo(1, within(1e-9));
            assertThat(features.get(AMOUNT).gain())
                    .isGreaterThan(features.get(NOISE).gain());
        }
    }

    @Test
    void isTheSameEveryTime() throws Exception {
        TrialSettings settings = new TrialSettings(Task.BINARY, 2, Metric.ROC_AUC, 1, 0, 1);

        assertThat(explained("decision_tree", settings)).isEqualTo(explained("decision_tree", settings));
    }

    @Test
    void allFeaturesTakeOneJobBesideThoseOfTheSample() throws Exception {
        TrialSettings settings = new TrialSettings(Task.BINARY, 2, Metric.ROC_AUC, 1, 0, 1);
        AtomicInteger jobs = new AtomicInteger();
        Dataset<Row> frame = frame(Task.BINARY);
        DriverPlacement placement = placement("decision_tree", settings, frame);
        Transformer model = fitted(placement, "decision_tree");
        SparkListener counting = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart start) {
                jobs.incrementAndGet();
            }
        };
        spark.sparkContext().addSparkListener(counting);
        try {
            placement.explain("importance", model, FEATURES.subList(0, 1));
            int ofOne = settled(jobs);
            placement.explain("importance", model, FEATURES);
            assertThat(settled(jobs)).isEqualTo(2 * ofOne);
        } finally {
            spark.sparkContext().removeSparkListener(counting);
        }
    }

    private int settled(AtomicInteger jobs) throws Exception {
        spark.sparkContext().listenerBus().waitUntilEmpty();
        return jobs.get();
    }

    @Test
    void saysNothingWithoutTestRows() throws Exception {
        TrialSettings settings = new TrialSettings(Task.BINARY, 2, Metric.ROC_AUC, 1, 0, 1);
        Dataset<Row> tested = frame(Task.BINARY)
                .where(col(DriverPlacement.PARTS)
                        .bitwiseAND(Part.FINAL_TEST.bit())
                        .equalTo(0));
        DriverPlacement placement = placement("decision_tree", settings, tested);

        assertThat(placement.explain("importance", fitted(placement, "decision_tree"), FEATURES))
                .isEmpty();
    }

    private List<ColumnImportance> explained(String learner, TrialSettings settings) throws Exception {
        DriverPlacement placement = placement(learner, settings, frame(settings.task()));
        return placement.explain("importance", fitted(placement, learner), FEATURES);
    }

    private static DriverPlacement placement(String learner, TrialSettings settings, Dataset<Row> frame) {
        return new DriverPlacement((SparkLearner) Learner.named(learner).orElseThrow(), settings, frame);
    }

    private static Transformer fitted(DriverPlacement placement, String learner) throws Exception {
        return ((Placement.FittedModel.SparkModel) placement.fit("final fit", params(learner), 0)).model();
    }

    private static Params params(String learner) {
        return switch (learner) {
            case "decision_tree" -> Params.of(Map.of("max_depth", 5L, "min_instances_per_node", 5L));
            case "random_forest" ->
                Params.of(
                        Map.of("num_trees", 5L, "max_depth", 5L, "min_instances_per_node", 5L, "feature_subset", 0.7));
            case "gbt" -> Params.of(Map.of("max_iter", 5L, "max_depth", 3L, "step_size", 0.3, "subsampling_rate", 1.0));
            case "linear_svc" -> Params.of(Map.of("reg_param", 0.01));
            default -> Params.of(Map.of("reg_param", 0.001, "elastic_net_param", 0.0));
        };
    }

    private Dataset<Row> frame(Task task) {
        List<Column> features = new ArrayList<>(List.of(
                col("amount").cast("double"), nanvl(col("noise"), lit(0.5)).cast("double")));
        for (int category = 0; category < CATEGORIES; category++) {
            features.add(col("category").equalTo(category).cast("double"));
        }
        Dataset<Row> frame = Examples.frame(spark, Examples.of(task, ROWS), 2)
                .select(
                        functions
                                .array_to_vector(array(features.toArray(Column[]::new)))
                                .as(SparkLearner.FEATURES),
                        col("label").cast("double").as(SparkLearner.LABEL),
                        col("weight").cast("double").as(SparkLearner.WEIGHT),
                        col("parts").as(DriverPlacement.PARTS))
                .cache();
        cached.add(frame);
        return frame;
    }
}

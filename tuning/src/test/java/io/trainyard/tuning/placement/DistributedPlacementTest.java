package io.trainyard.tuning.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.Examples.Example;
import io.trainyard.tuning.ensemble.IsotonicScaling;
import io.trainyard.tuning.explanation.ColumnImportance;
import io.trainyard.tuning.learner.Boosting.Judged;
import io.trainyard.tuning.learner.RoundSchedule;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassificationModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A collective that waits for a worker waits for ever, so every test has an end of its own. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class DistributedPlacementTest extends PlacementContract {
    private static final int WORKERS = 2;

    @TempDir
    Path folder;

    private SlotBooking slots;

    DistributedPlacementTest(SparkSession spark) {
        super(spark);
    }

    @BeforeEach
    void free() {
        slots = new SlotBooking(spark.sparkContext().defaultParallelism());
    }

    @Override
    Placement placement(TrialSettings settings, List<Example> examples, FoldPlan folds) throws IOException {
        String name = "examples-" + examples.hashCode();
        MatrixBlocks blocks = Examples.write(spark, folder.toUri().toString(), name, examples);
        return placement(settings, blocks, WORKERS, folds);
    }

    private Placement placement(TrialSettings settings, MatrixBlocks blocks, int workers, FoldPlan folds) {
        return new DistributedPlacement(
                JavaSparkContext.fromSparkContext(spark.sparkContext()),
                blocks,
                settings,
                workers,
                1,
                slots,
                folds,
                RoundSchedule.whole(ROUNDS),
                folder.resolve("checkpoints").toString());
    }

    @Override
    Params good() {
        return Params.of(Map.of("learning_rate", 0.3, "max_depth", 3L));
    }

    @Override
    Params poor() {
        return Params.of(Map.of("learning_rate", 0.0001, "max_depth", 1L));
    }

    @Override
    Params refused() {
        return Params.of(Map.of("max_depth", -1L));
    }

    @Override
    String refusal() {
        return "value -1 for Parameter max_depth should be greater equal to 0";
    }

    @Test
    void twelveTrialsOfTwoWorkersEnd() throws Exception {
        try (Placement placement = placement(settings(1), examples())) {
            List<Judged> judged = atOnce(placement, good(), 12);

            assertThat(judged).hasSize(12).containsOnly(judged.get(0));
        }
    }

    /** Of one worker's matrix each, in which no column has more values than bins, so that all find the same splits. */
    @Test
    void workersJudgeAsASingleProcessDoes() throws Exception {
        TrialSettings allRounds = new TrialSettings(Task.BINARY, 2, Metric.LOG_LOSS, ROUNDS, 0, 1);
        MatrixBlocks blocks = Examples.write(spark, folder, examples());
        double single;
        try (Placement one = placement(allRounds, blocks, 1, FoldPlan.holdout())) {
            single = one.search("one worker", good()).value();
        }
        try (Placement two = placement(allRounds, blocks, 2, FoldPlan.holdout())) {
            assertThat(two.search("two workers", good()).value()).isCloseTo(single, within(1e-5));
        }
    }

    @Test
    void theFinalModelPredictsAsThatOfXGBoost4JSpark() throws Exception {
        List<Example> examples = examples();
        try (Placement placement = placement(settings(1), examples)) {
            byte[] ours = ((Placement.FittedModel.Booster) placement.fit("final fit", good(), 15)).ubj();

            DMatrix rows = matrix(examples);
            assertThat(XGBoost.loadModel(ours).predict(rows))
                    .isDeepEqualTo(library(examples).predict(rows));
            rows.dispose();
            List<ColumnImportance> explained =
                    ((DistributedPlacement) placement).explain("importance", ours, IsotonicScaling.none());
            assertThat(explained).extracting(ColumnImportance::column).isEqualTo(Examples.COLUMNS);
            assertThat(explained.get(0).contribution())
                    .isGreaterThan(explained.get(1).contribution());
        }
    }

    private Booster library(List<Example> examples) {
        List<Row> rows = examples.stream()
                .filter(example -> example.has(Part.FINAL_TRAIN))
                .map(example -> RowFactory.create(
                        Vectors.dense(example.amount(), example.noise(), example.category()),
                        (double) example.label(),
                        example.weight()))
                .toList();
        StructType schema = new StructType()
                .add("features", SQLDataTypes.VectorType())
                .add("label", DataTypes.DoubleType)
                .add("weight", DataTypes.FloatType);
        XGBoostClassifier classifier = new XGBoostClassifier();
        classifier.setNumWorkers(WORKERS);
        classifier.setNumRound(15);
        classifier.setWeightCol("weight");
        classifier.setMissing(Float.NaN);
        classifier.setMaxDepth(3);
        classifier.setEta(0.3);
        classifier.setMaxBins(256);
        classifier.setTreeMethod("hist");
        classifier.setFeatureTypes(Examples.TYPES.toArray(String[]::new));
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        XGBoostClassificationModel model =
                classifier.fit(spark.createDataFrame(context.parallelize(rows, WORKERS), schema));
        return model.nativeBooster().booster();
    }

    private static DMatrix matrix(List<Example> examples) throws XGBoostError {
        float[] values = new float[examples.size() * Examples.COLUMNS.size()];
        for (int row = 0; row < examples.size(); row++) {
            values[row * 3] = examples.get(row).amount();
            values[row * 3 + 1] = examples.get(row).noise();
            values[row * 3 + 2] = examples.get(row).category();
        }
        DMatrix matrix = new DMatrix(values, examples.size(), 3, Float.NaN);
        matrix.setFeatureNames(Examples.COLUMNS.toArray(String[]::new));
        matrix.setFeatureTypes(Examples.TYPES.toArray(String[]::new));
        return matrix;
    }

    /** One worker reads a file that is broken off, while the other waits for it to count rows together. */
    @Test
    void aWorkerThatFailsIsNotWaitedFor() throws Exception {
        MatrixBlocks blocks = Examples.write(spark, folder, examples());
        Path second = folder.resolve("examples").resolve(blocks.blocks().get(1).file());
        byte[] whole = Files.readAllBytes(second);
        Files.delete(
                folder.resolve("examples").resolve("." + blocks.blocks().get(1).file() + ".crc"));
        Files.write(second, Arrays.copyOf(whole, whole.length - 10));
        try (Placement placement = placement(settings(1), blocks, WORKERS, FoldPlan.holdout())) {
            assertThatThrownBy(() -> placement.search("broken", good()))
                    .isInstanceOf(LostTrialException.class)
                    .hasMessageContaining("it ends within row");

            Files.write(second, whole);
            assertThat(placement.search("mended", good()).value()).isBetween(0.8, 1.0);
        }
    }

    @Test
    void aTrialGoesOnFromRungToRung() throws Exception {
        TrialSettings allRounds = new TrialSettings(Task.BINARY, 2, Metric.LOG_LOSS, ROUNDS, 0, 1);
        MatrixBlocks blocks = Examples.write(spark, folder, examples());
        RoundSchedule schedule = new RoundSchedule(8, ROUNDS, 0.3);
        try (Placement placement = new DistributedPlacement(
                JavaSparkContext.fromSparkContext(spark.sparkContext()),
                blocks,
                allRounds,
                WORKERS,
                1,
                slots,
                FoldPlan.holdout(),
                schedule,
                folder.resolve("checkpoints").toString())) {
            Placement.Progress first = placement.advance("first", stretch(1, List.of(), 2));
            Placement.Progress last = placement.advance("last", stretch(1, List.of(2), 8));
            placement.advance("other first", stretch(2, List.of(), 2));
            placement.forget("rungs", 2);

            assertThat(first.ended()).isFalse();
            assertThat(last.ended()).isTrue();
            assertThat(placement.advance("other last", stretch(2, List.of(2), 8)))
                    .as("without its checkpoint")
                    .isEqualTo(last);
        }
    }

    private TrialStretch stretch(int trial, List<Integer> passed, int until) {
        return new TrialStretch("rungs", trial, good(), passed, until);
    }

    @Test
    void whoNeedsAllSlotsWaitsForThem() throws Exception {
        SlotBooking booking = new SlotBooking(4);
        booking.need();
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int wanted = 1 + i % 4;
            all.add(threads.submit(() -> booking.on(wanted, () -> {
                most.accumulateAndGet(taken.addAndGet(wanted), Math::max);
                return taken.addAndGet(-wanted);
            })));
        }
        for (Future<Integer> one : all) {
            one.get();
        }
        threads.shutdown();

        assertThat(most).hasValueLessThanOrEqualTo(4);
        assertThat(taken).hasValue(0);
        assertThat((int) booking.onAll(() -> 7)).isEqualTo(7);
    }
}

package io.trainyard.tuning.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.Examples.Example;
import io.trainyard.tuning.ensemble.Candidate;
import io.trainyard.tuning.ensemble.Selection;
import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.RoundSchedule;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentPlacementTest extends PlacementContract {
    @TempDir
    private Path folder;

    ResidentPlacementTest(SparkSession spark) {
        super(spark);
    }

    @Override
    ResidentPlacement placement(TrialSettings settings, List<Example> examples, FoldPlan folds) throws IOException {
        String name = "examples-" + examples.hashCode();
        return placement(settings, Examples.write(spark, folder.toUri().toString(), name, examples), folds);
    }

    private ResidentPlacement placement(TrialSettings settings, MatrixBlocks blocks) {
        return placement(settings, blocks, FoldPlan.holdout());
    }

    private ResidentPlacement placement(TrialSettings settings, MatrixBlocks blocks, FoldPlan folds) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return new ResidentPlacement(
                context,
                blocks,
                settings,
                SlotPlan.of(context),
                folds,
                RoundSchedule.whole(settings.maxRounds()),
                folder.resolve("checkpoints").toString());
    }

    @Override
    Params good() {
        return Params.of(Map.of("learning_rate", 0.3, "max_depth", 4L, "subsample", 0.7));
    }

    @Override
    Params poor() {
        return Params.of(Map.of("max_depth", 1L, "min_child_weight", 1e9));
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
    void refusalIsWithoutTheNativeStack() throws Exception {
        try (Placement placement = placement(settings(1), examples())) {
            assertThatThrownBy(() -> placement.search("refused", refused()))
                    .hasMessageStartingWith("value -1")
                    .hasMessageNotContaining("Stack trace");
        }
    }

    /** With the files gone, only what the executors hold already can serve the trials. */
    @Test
    void loadsOnceForAllTrialsAndFreesOnClose() throws Exception {
        MatrixBlocks blocks = Examples.write(spark, folder, examples());
        ResidentPlacement placement = placement(settings(1), blocks);
        placement.load();
        Files.move(folder.resolve("examples"), folder.resolve("gone"));

        List<Boosting.Judged> judged = atOnce(placement, good(), 4);
        placement.close();

        assertThat(judged).isEqualTo(Collections.nCopies(4, judged.get(0)));
        try (ResidentPlacement next = placement(settings(1), blocks)) {
            assertThatThrownBy(() -> next.search("after close", good()))
                    .isInstanceOf(LostTrialException.class)
                    .hasMessageContaining("File file:" + folder.resolve("examples"));
        }
    }

    @Test
    void fitsTheFinalRowsAsOneProcessWould() throws Exception {
        MatrixBlocks blocks = Examples.write(spark, folder, examples());
        try (ResidentPlacement placement = placement(settings(1), blocks);
                NativeMatrix train = NativeMatrix.read(blocks, Part.FINAL_TRAIN, new Configuration())) {
            Placement.FittedModel fitted = placement.fit("final fit", good(), 10);

            byte[] alone = new Boosting(settings(1), good(), 1, () -> false).fit(train, 10);
            assertThat(((Placement.FittedModel.Booster) fitted).ubj()).isEqualTo(alone);
        }
    }

    @Test
    void blendsCandidatesByTheirMarginsOnTheValidationRows() throws Exception {
        List<Example> inFolds = Examples.inFolds(examples(), 2);
        Candidate poor = new Candidate(3, poor(), 1);
        Candidate good = new Candidate(4, good(), 12);
        for (boolean oneAtATime : List.of(false, true)) {
            try (ResidentPlacement placement = placement(settings(1), inFolds, new FoldPlan(2, false, oneAtATime))) {
                Selection.Chosen alone =
                        placement.blend("blend", List.of(good), 5).chosen();
                Selection.Chosen chosen =
                        placement.blend("blend", List.of(poor, good), 5).chosen();

                assertThat(alone.counts()).containsExactly(1);
                assertThat(chosen.counts().get(1)).isPositive();
                assertThat(chosen.best()).isEqualTo(alone.value()).isBetween(0.8, 1.0);
                assertThat(chosen.value()).isGreaterThanOrEqualTo(alone.value());
            }
        }
    }

    @Test
    void planSaysWhatTrialsTake() throws IOException {
        MatrixBlocks blocks = Examples.write(spark, folder, examples());

        SlotPlan slots = new SlotPlan(2, 1, 2);
        List<ExecutorProbe> executors =
                ExecutorProbe.all(JavaSparkContext.fromSparkContext(spark.sparkContext()), slots);
        assertThat(slots.describe(blocks, FoldPlan.holdout(), executors))
                .isEqualTo("resident, quantised: 240 + 80 rows × 3 columns, about 1 MiB on each of 1 executor; "
                        + "2 trials at once, 1 thread each");
        assertThat(slots.describe(blocks, new FoldPlan(5, true, false), executors))
                .contains("240 + 80 rows × 3 columns in each of 5 folds, about");
        assertThat(slots.describe(blocks, new FoldPlan(5, true, true), executors))
                .contains("in 5 folds, of which all trials are in one at a time, since there is no room for all");
    }

    @Test
    void foldsTakeTheRoomOfAllOrOfTheLargest() throws IOException {
        MatrixBlocks folds = Examples.write(
                spark, folder.toUri().toString(), "folds", Examples.inFolds(Examples.of(Task.BINARY, 400), 4));
        SlotPlan slots = new SlotPlan(2, 1, 2);

        assertThat(folds.folds()).isEqualTo(4);
        long all = slots.bytes(folds, new FoldPlan(4, false, false), true);
        long one = slots.bytes(folds, new FoldPlan(4, false, true), true);
        assertThat(all).as("four of 240 rows, and 80 to judge each").isBetween(4 * one - 100, 4 * one + 100);
    }

    @Test
    void executorsSayWhatTheyHave() {
        assertThat(ExecutorProbe.all(JavaSparkContext.fromSparkContext(spark.sparkContext()), new SlotPlan(2, 1, 2)))
                .singleElement()
                .satisfies(executor -> {
                    assertThat(executor.executor()).isEqualTo("driver");
                    assertThat(executor.heap()).isEqualTo(Runtime.getRuntime().maxMemory());
                    assertThat(executor.machine()).isGreaterThan(executor.heap() / 2);
                    assertThat(executor.processors()).isPositive();
                    assertThat(executor.failure()).isEmpty();
                });
    }
}

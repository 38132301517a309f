package io.trainyard.tuning.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.learner.RoundSchedule;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.learner.XGBoostLearner;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.placement.Placement.Progress;
import io.trainyard.tuning.pruner.AshaPruner;
import io.trainyard.tuning.pruner.MedianPruner;
import io.trainyard.tuning.sampler.RandomSampler;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Concurrency;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Fidelity;
import io.trainyard.tuning.study.MemoryStorage;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Pruner;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.StudyDefinition;
import io.trainyard.tuning.study.StudyStorage;
import io.trainyard.tuning.study.Trial;
import io.trainyard.tuning.study.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Trials that stop at steps, wait, and go on. */
@ExtendWith(SparkExtension.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DividedTrialsTest {
    private static final int ROUNDS = 64;
    private static final Fidelity STEPS = new Fidelity(16);
    private static final TrialSettings SETTINGS = new TrialSettings(Task.BINARY, 2, Metric.LOG_LOSS, ROUNDS, 40, 1);
    private static final LearnerSpace SPACE = new LearnerSpace(List.of(new XGBoostLearner()), Map.of());
    private static final Params DRAWN_COLUMNS =
            Params.of(Map.of("learning_rate", 0.05, "max_depth", 3L, "colsample_bytree", 0.5, "subsample", 0.6));

    private final JavaSparkContext context;
    private final SparkSession spark;
    private MatrixBlocks blocks;
    private ResidentPlacement placement;

    @TempDir
    private Path folder;

    DividedTrialsTest(SparkSession spark) {
        this.spark = spark;
        this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    }

    @BeforeEach
    void place() throws IOException {
        blocks = Examples.write(spark, folder, Examples.of(Task.BINARY, 400));
        placement = placement();
    }

    private ResidentPlacement placement() {
        return new ResidentPlacement(
                context,
                blocks,
                SETTINGS,
                SlotPlan.of(context),
                FoldPlan.holdout(),
                RoundSchedule.of(STEPS, ROUNDS, SPACE),
                checkpoints().toString());
    }

    private Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    @AfterEach
    void free() {
        placement.close();
    }

    @Test
    void aTrialComesToTheSameWhereverItIsInterrupted() throws Exception {
        List<Progress> undisturbed = throughAllSteps("undisturbed", 4, 8, 16);

        List<Progress> moved = new ArrayList<>();
        moved.add(advance("moved", List.of(), 4));
        placement.close();
        placement = placement();
        moved.add(advance("moved", List.of(4), 8));
        cutNewest(checkpoints().resolve("moved/0/13"));
        moved.add(advance("moved", List.of(4, 8), 16));

        assertThat(moved).isEqualTo(undisturbed);
        assertThat(undisturbed).extracting(Progress::ended).containsExactly(false, false, true);
        assertThat(undisturbed)
                .extracting(progress -> progress.judged().trained())
                .startsWith(7, 13);
    }

    @Test
    void aLostCheckpointIsTrainedAgain() throws Exception {
        List<Progress> undisturbed = throughAllSteps("undisturbed", 4, 8, 16);

        assertThat(advance("nothing kept", List.of(4, 8), 16)).isEqualTo(undisturbed.get(2));
    }

    @Test
    void onlyTheLastTwoCheckpointsOfATrialAreKept() throws Exception {
        throughAllSteps("kept", 2, 4, 8, 12);

        assertThat(checkpoints().resolve("kept/0").toFile().list((in, name) -> !name.startsWith(".")))
                .containsExactlyInAnyOrder("13", "20");
    }

    @Test
    void ashaEndsMostTrialsEarlyAndItsJournalIsProven() throws Exception {
        StudyStorage storage = new MemoryStorage();
        StudyDefinition definition = definition(24);

        Study study = run(definition, storage, new AshaPruner(4, 1));

        assertThat(study.finished()).isTrue();
        assertThat(study.history().finished()).hasSize(24);
        List<Trial> pruned = study.history().finished().stream()
                .filter(trial -> trial.outcome().orElseThrow() instanceof Outcome.Pruned)
                .toList();
        assertThat(pruned).hasSizeBetween(12, 22);
        assertThat(study.history().complete()).isNotEmpty();
        assertThat(checkpoints().resolve("divided")).doesNotExist();
        assertThat(Verification.of(definition, new RandomSampler(), new AshaPruner(4, 1), storage.events())
                        .deviations())
                .isEmpty();
    }

    @Test
    void theMedianPrunerRepeatsInLockstep() throws Exception {
        Pruner pruner = new MedianPruner(2, 2, 2);
        StudyDefinition definition = definition(12).withConcurrency(Concurrency.lockstep(2));

        Study first = run(definition, new MemoryStorage(), pruner);
        Study second = run(definition, new MemoryStorage(), pruner);

        assertThat(results(second)).isEqualTo(results(first));
        assertThat(first.history().finished())
                .anyMatch(trial -> trial.outcome().orElseThrow() instanceof Outcome.Pruned);
    }

    /** A driver that died left reports and checkpoints; another goes on from there. */
    @Test
    void aStudyGoesOnFromItsCheckpoints() throws Exception {
        StudyStorage storage = new MemoryStorage();
        Study before =
                Study.open(definition(1), storage, new RandomSampler(), new MedianPruner(2, 2, 2), Clock.systemUTC());
        Trial trial = before.next().orElseThrow();
        Params own = LearnerSpace.own(trial.params());
        int step = before.nextStep(0);
        Progress progress = placement.advance("by hand", new TrialStretch("divided", 0, own, List.of(), step));
        before.report(0, step, progress.judged().value());

        Study after = run(definition(1), storage, new MedianPruner(2, 2, 2));

        assertThat(after.history().complete()).hasSize(1);
        assertThat(after.history().complete().get(0).value().getAsDouble())
                .isEqualTo(run(definition(1), new MemoryStorage(), new MedianPruner(2, 2, 2))
                        .best()
                        .orElseThrow()
                        .value()
                        .getAsDouble());
    }

    private List<Progress> throughAllSteps(String study, int... steps) throws InterruptedException {
        List<Progress> all = new ArrayList<>();
        List<Integer> passed = new ArrayList<>();
        for (int step : steps) {
            all.add(advance(study, passed, step));
            passed.add(step);
        }
        return all;
    }

    private Progress advance(String study, List<Integer> passed, int until) throws InterruptedException {
        return placement.advance(study, new TrialStretch(study, 0, DRAWN_COLUMNS, passed, until));
    }

    private static StudyDefinition definition(int trials) {
        return new StudyDefinition("divided", SPACE.space(), Direction.MINIMIZE, 3, Budget.ofTrials(trials))
                .withConcurrency(Concurrency.free(2))
                .withFidelity(STEPS);
    }

    private Study run(StudyDefinition definition, StudyStorage storage, Pruner pruner)
            throws InterruptedException, IOException {
        Study study = Study.open(definition, storage, new RandomSampler(), pruner, Clock.systemUTC());
        new StudyRunner("divided", study, Map.of("xgboost", placement), Clock.systemUTC()).run(2);
        return study;
    }

    private static List<String> results(Study study) {
        return study.history().finished().stream()
                .map(trial -> trial.number() + " " + trial.params() + " " + trial.reports() + " " + trial.values())
                .toList();
    }

    /** As a process leaves a file that is killed while it writes it. */
    private static void cutNewest(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }
}

package io.trainyard.tuning.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.learner.XGBoostLearner;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.sampler.RandomSampler;
import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Concurrency;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.MemoryStorage;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.StudyDefinition;
import io.trainyard.tuning.study.StudyException;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StudyRunnerTest {
    private static final int TRIALS = 6;
    private static final TrialSettings SETTINGS = new TrialSettings(Task.BINARY, 2, Metric.LOG_LOSS, 10, 5, 1);

    private final JavaSparkContext context;
    private final SparkSession spark;
    private ResidentPlacement placement;

    @TempDir
    private Path folder;

    StudyRunnerTest(SparkSession spark) {
        this.spark = spark;
        this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    }

    @BeforeEach
    void place() throws IOException {
        FaultyFileSystem.register(context.hadoopConfiguration());
        MatrixBlocks blocks = Examples.write(
                spark, FaultyFileSystem.SCHEME + "://" + folder, "examples", Examples.of(Task.BINARY, 200));
        placement = new ResidentPlacement(context, blocks, SETTINGS, SlotPlan.of(context));
    }

    @AfterEach
    void free() {
        FaultyFileSystem.FAULTS.set(0);
        placement.close();
    }

    @Test
    void jobsOfATrialAreLabelledForTheLog() throws Exception {
        Set<String> labels = ConcurrentHashMap.newKeySet();
        SparkListener listener = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                labels.add("%s %s %s"
                        .formatted(
                                job.properties().get("mdc.pipeline"),
                                job.properties().get("mdc.study"),
                                job.properties().get("mdc.trial")));
            }
        };
        context.sc().addSparkListener(listener);
        LogContext job = LogContext.open(Map.of("pipeline", "visits"));
        try {
            run(study(Concurrency.free(2), "4"), 2);
            context.sc().listenerBus().waitUntilEmpty();
        } finally {
            job.close();
            context.sc().removeSparkListener(listener);
        }

        assertThat(labels)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, TRIALS)
                        .mapToObj(trial -> "visits test " + trial)
                        .toList());
    }

    @Test
    void runsEveryTrialOnceAndKeepsItsMeasures() throws Exception {
        Study study = study(Concurrency.free(2), "4");

        run(study, 2);

        assertThat(study.finished()).isTrue();
        assertThat(study.history().finished()).hasSize(TRIALS).allSatisfy(trial -> {
            assertThat(trial.value().getAsDouble()).isBetween(0.1, 0.7);
            assertThat(complete(trial).measures()).containsKeys("seconds", "rounds");
        });
        assertThat(context.statusTracker().getJobIdsForGroup("test"))
                .as("the jobs of the study, as Spark's user interface groups them")
                .hasSizeGreaterThanOrEqualTo(TRIALS);
    }

    /** In local mode a task has one attempt, so an error of the disk loses the trial. */
    @Test
    void runsALostTrialAgain() throws Exception {
        FaultyFileSystem.FAULTS.set(2);
        Study study = study(Concurrency.free(1), "4");

        run(study, 1);

        assertThat(FaultyFileSystem.FAULTS).hasValue(0);
        assertThat(study.history().complete()).hasSize(TRIALS);
    }

    /** Where no other trial came through, the cluster is to blame: no trial may be called failed for it. */
    @Test
    void stopsWhenTheClusterLosesEverythingAndCanBeResumed() throws Exception {
        FaultyFileSystem.FAULTS.set(3);
        Study study = study(Concurrency.free(1), "4");

        assertThatThrownBy(() -> run(study, 1))
                .hasMessageContaining("the cluster lost trial 0 3 times and finished no other; run again to resume")
                .hasMessageContaining("is gone");
        assertThat(study.history().finished()).isEmpty();

        run(study, 1);

        assertThat(study.history().complete()).hasSize(TRIALS);
    }

    @Test
    void aRefusedConfigurationIsAnOutcome() throws Exception {
        Study study = study(Concurrency.free(2), "4", "-1");

        run(study, 2);

        assertThat(study.history().finished()).hasSize(TRIALS).allSatisfy(trial -> {
            if (LearnerSpace.own(trial.params()).integer("max_depth") == -1) {
                assertThat(failure(trial)).contains("value -1 for Parameter max_depth");
            } else {
                assertThat(trial.value()).isPresent();
            }
        });
        assertThat(study.history().complete()).isNotEmpty().hasSizeLessThan(TRIALS);
    }

    @Test
    void stopsWhenTheFirstTrialsAllFail() {
        Study study = study(Concurrency.free(1), "-1");

        assertThatThrownBy(() -> run(study, 1))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("its first 5 trials all failed")
                .hasMessageContaining("max_depth");
    }

    /** In lockstep the other worker waits for the trial of the one that broke. */
    @Test
    void aBrokenWorkerEndsTheStudyForAll() {
        Study study = study(Concurrency.lockstep(2), "4");

        assertThatThrownBy(() -> new StudyRunner("broken", study, Map.of(), Clock.systemUTC()).run(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Study broken stopped");
    }

    @Test
    void lockstepGivesEqualStudies() throws Exception {
        Study first = study(Concurrency.lockstep(2), "3", "4");
        Study second = study(Concurrency.lockstep(2), "3", "4");

        run(first, 2);
        run(second, 2);

        assertThat(second.history().finished())
                .extracting(Trial::params, Trial::value)
                .containsExactlyElementsOf(first.history().finished().stream()
                        .map(trial -> org.assertj.core.groups.Tuple.tuple(trial.params(), trial.value()))
                        .toList());
    }

    private void run(Study study, int parallelism) throws InterruptedException, IOException {
        new StudyRunner("test", study, Map.of("xgboost", placement), Clock.systemUTC()).run(parallelism);
    }

    private static Study study(Concurrency concurrency, String... depths) {
        LearnerSpace space = new LearnerSpace(
                List.of(new XGBoostLearner()),
                Map.of("xgboost", List.of(CategoricalParameter.of("max_depth", depths))));
        StudyDefinition definition = new StudyDefinition(
                        "test", space.space(), Direction.MINIMIZE, 3, Budget.ofTrials(TRIALS))
                .withConcurrency(concurrency);
        return Study.open(definition, new MemoryStorage(), new RandomSampler(), Clock.systemUTC());
    }

    private static Outcome.Complete complete(Trial trial) {
        return (Outcome.Complete) trial.outcome().orElseThrow();
    }

    private static String failure(Trial trial) {
        return ((Outcome.Failed) trial.outcome().orElseThrow()).reason();
    }
}

package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A study in lockstep ends with the same trials and the same model, byte for byte, wherever and however it runs. */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SameModelEverywhereTest {
    private static final int ROWS = 1_000;
    private static final int TRIALS = 8;

    /** Many rounds, so that a trial takes long enough to be interrupted; and a pruner, so that it stops at steps. */
    private static final String SECTIONS = """
            training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
            search: {trials: 8, rounds: 150, early_stopping: 150, pruner: median, lockstep: true, parallelism: 2, seed: 5}
            """;

    private final SparkSession spark;
    private Workspace reference;
    private Workspace workspace;

    SameModelEverywhereTest(SparkSession spark) {
        this.spark = spark;
    }

    /** Undisturbed, in this process. */
    @BeforeAll
    void train(@TempDir Path folder) throws IOException {
        reference = workspace(folder, Orders.rows(0, ROWS), 2);
        Answer answer = Program.run("train", reference.file());
        assertThat(answer.code()).as(answer.err()).isZero();
    }

    private Workspace workspace(Path folder, List<org.apache.spark.sql.Row> rows, int files) throws IOException {
        Workspace made = new Workspace(folder);
        made.addOrders(spark, rows, files);
        made.newOrders(spark, Orders.rows(10_000, 1));
        made.pipeline(SECTIONS);
        return made;
    }

    @BeforeEach
    void fill(@TempDir Path folder) throws IOException {
        workspace = workspace(folder, Orders.shuffled(Orders.rows(0, ROWS), 1), 5);
    }

    @Test
    void whenFilesHoldTheRowsInAnotherOrder() throws IOException {
        Answer answer = Program.run("train", workspace.file());

        assertThat(answer.code()).as(answer.err()).isZero();
        assertSameAsReference();
    }

    @Test
    void whenTheDriverWasKilledHalfway() throws Exception {
        try (ChildProgram killed = train("local[2]")) {
            killed.awaitLine("%d of %d trials".formatted(TRIALS / 2, TRIALS));
            killed.kill();
        }
        List<Trial> before = workspace.trials();
        assertThat(before).hasSizeBetween(TRIALS / 2, TRIALS - 1);

        Answer resumed = Program.run("train", workspace.file());

        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("resumes after %d trials".formatted(before.size()));
        assertThat(workspace.trials())
                .as("a trial that was told is not run again, so its moments stay")
                .containsAll(before);
        assertSameAsReference();
    }

    @Test
    void whenExecutorsAreProcessesOfTheirOwn() throws Exception {
        try (ChildProgram cluster = train("local-cluster[2,1,1024]")) {
            assertThat(cluster.finish()).contains("2 trials at once, 1 thread each");
        }

        assertSameAsReference();
    }

    @Test
    void whenAnExecutorWasKilledHalfway() throws Exception {
        try (ChildProgram cluster = train("local-cluster[2,1,1024]")) {
            cluster.awaitLine("%d of %d trials".formatted(TRIALS / 2, TRIALS));
            cluster.killAnExecutor();
            assertThat(cluster.finish()).contains("%d of %d trials".formatted(TRIALS, TRIALS));
        }

        assertSameAsReference();
    }

    private ChildProgram train(String master) throws IOException {
        return ChildProgram.onCluster(workspace.folder(), master, Map.of(), "train", workspace.file());
    }

    private void assertSameAsReference() throws IOException {
        assertThat(workspace.trials())
                .extracting(Trial::number, Trial::params, Trial::value)
                .containsExactlyElementsOf(reference.trials().stream()
                        .map(trial -> Tuple.tuple(trial.number(), trial.params(), trial.value()))
                        .toList())
                .hasSize(TRIALS);
        assertThat(model(workspace)).isEqualTo(model(reference));
    }

    private static byte[] model(Workspace workspace) throws IOException {
        return workspace.bundled(workspace.registry().version("orders", 1).orElseThrow(), "model.ubj");
    }
}

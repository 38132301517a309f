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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What may happen to a study in lockstep without changing how it ends. */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SameModelEverywhereTest {
    private final SparkSession spark;
    private Workspace reference;
    private Workspace workspace;

    SameModelEverywhereTest(SparkSession spark) {
        this.spark = spark;
    }

    /** Undisturbed, in this process. */
    @BeforeAll
    void train(@TempDir Path folder) throws IOException {
        reference = LockstepOrders.workspace(spark, folder);
        Answer answer = Program.run("train", reference.file());
        assertThat(answer.code()).as(answer.err()).isZero();
    }

    @BeforeEach
    void fill(@TempDir Path folder) throws IOException {
        workspace = LockstepOrders.workspace(spark, folder, Orders.shuffled(Orders.rows(0, LockstepOrders.ROWS), 1), 5);
    }

    @Test
    void whenFilesHoldTheRowsInAnotherOrder() throws IOException {
        Answer answer = Program.run("train", workspace.file());

        assertThat(answer.code()).as(answer.err()).isZero();
        assertSameAsReference();
    }

    @Tag("slow")
    @Test
    void whenTheDriverWasKilledHalfwayAndResumedOnALargerCluster() throws Exception {
        try (ChildProgram killed = train("local-cluster[1,1,1024]")) {
            killed.awaitLine("%d of %d trials".formatted(LockstepOrders.TRIALS / 2, LockstepOrders.TRIALS));
            killed.kill();
        }
        List<Trial> before = workspace.trials();
        assertThat(before).hasSizeBetween(LockstepOrders.TRIALS / 2, LockstepOrders.TRIALS - 1);

        try (ChildProgram resumed = train("local-cluster[2,1,1024]")) {
            assertThat(resumed.finish())
                    .contains("resumes after %d trials".formatted(before.size()))
                    .contains("2 trials at once, 1 thread each");
        }
        assertThat(workspace.trials())
                .as("a trial that was told is not run again, so its moments stay")
                .containsAll(before);
        assertSameAsReference();
    }

    @Test
    @Tag("slow")
    void whenExecutorsAreProcessesOfTheirOwn() throws Exception {
        try (ChildProgram cluster = train("local-cluster[2,1,1024]")) {
            assertThat(cluster.finish()).contains("2 trials at once, 1 thread each");
        }

        assertSameAsReference();
    }

    @Test
    @Tag("slow")
    void whenAnExecutorWasKilledHalfway() throws Exception {
        try (ChildProgram cluster = train("local-cluster[2,1,1024]")) {
            cluster.awaitLine("%d of %d trials".formatted(LockstepOrders.TRIALS / 2, LockstepOrders.TRIALS));
            cluster.killAnExecutor();
            assertThat(cluster.finish())
                    .contains("%d of %d trials".formatted(LockstepOrders.TRIALS, LockstepOrders.TRIALS));
        }

        assertSameAsReference();
    }

    private ChildProgram train(String master) throws IOException {
        return ChildProgram.onCluster(workspace.folder(), master, Map.of(), "train", workspace.file());
    }

    private void assertSameAsReference() throws IOException {
        LockstepOrders.assertSame(workspace, reference);
    }
}

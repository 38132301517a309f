package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import io.trainyard.jobs.command.StandaloneCluster.Running;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar on a real cluster: the same model as in local mode, whatever is killed on the way. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StandaloneClusterIT {
    private final SparkSession spark;
    private Workspace reference;
    private Workspace workspace;
    private StandaloneCluster cluster;

    StandaloneClusterIT(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeAll
    void start(@TempDir Path folder, @TempDir Path state) throws Exception {
        reference = LockstepOrders.workspace(spark, folder);
        Answer answer = Program.run("train", reference.file());
        assertThat(answer.code()).as(answer.err()).isZero();
        cluster = StandaloneCluster.start(state);
    }

    @AfterAll
    void stop() throws IOException {
        cluster.close();
    }

    @BeforeEach
    void fill(@TempDir Path folder) throws IOException {
        workspace = LockstepOrders.workspace(spark, folder);
    }

    @Test
    void inClientMode() throws Exception {
        assertThat(train().finish()).contains("4 trials at once, 1 thread each");

        assertSameAsReference();
    }

    @Test
    void inClusterMode() throws Exception {
        train("--deploy-mode", "cluster").finish();

        assertSameAsReference();
    }

    @Test
    void whenAWorkerWasKilledHalfway() throws Exception {
        Running job = train();
        job.await(this::halfway);
        cluster.kill("worker-2");

        assertThat(job.finish()).contains("%d of %d trials".formatted(LockstepOrders.TRIALS, LockstepOrders.TRIALS));
        cluster.start();
        assertSameAsReference();
    }

    @Test
    void whenTheMasterWasKilledHalfway() throws Exception {
        Running job = train();
        job.await(this::halfway);
        cluster.kill("master");
        cluster.start();

        job.finish();
        assertSameAsReference();
    }

    /** Supervised, it is started again by its worker, and goes on where it stopped. */
    @Test
    void whenASupervisedDriverWasKilledHalfway() throws Exception {
        Running job = train("--deploy-mode", "cluster", "--supervise");
        job.await(this::halfway);
        List<Trial> before = workspace.trials();
        cluster.killDriver();

        job.finish();
        assertThat(workspace.trials())
                .as("a trial that was told is not run again, so its moments stay")
                .containsAll(before);
        assertSameAsReference();
    }

    private Running train(String... options) throws IOException {
        return cluster.submit(
                List.of(options), "train", workspace.file(), "--set", "warehouse=" + workspace.warehouse());
    }

    private boolean halfway() {
        try {
            return workspace.trials().size() >= LockstepOrders.TRIALS / 2;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertSameAsReference() throws IOException {
        LockstepOrders.assertSame(workspace, reference);
    }
}

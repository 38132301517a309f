package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers in network namespaces of their own, as on machines of their own: an executor that called the driver by a name or an address that
 * only the driver's machine knows would not come far.
 */
@Tag("slow")
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClusterNamespacesIT {
    private final SparkSession spark;
    private Workspace reference;
    private StandaloneCluster cluster;

    ClusterNamespacesIT(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeAll
    void start(@TempDir Path folder, @TempDir Path state) throws Exception {
        assumeTrue(networksCanBeMade(), "networks are made by root and the command 'ip' of Linux");
        reference = LockstepOrders.workspace(spark, folder);
        Answer answer = Program.run("train", reference.file());
        assertThat(answer.code()).as(answer.err()).isZero();
        cluster = StandaloneCluster.startApart(state);
    }

    @AfterAll
    void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static boolean networksCanBeMade() throws InterruptedException {
        try {
            return run("ip", "netns", "add", "trainyard-test") && run("ip", "netns", "del", "trainyard-test");
        } catch (IOException none) {
            return false; // there is no such command
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void inClientMode(@TempDir Path folder) throws Exception {
        assertSameModel(folder);
    }

    @Test
    void inClusterMode(@TempDir Path folder) throws Exception {
        assertSameModel(folder, "--deploy-mode", "cluster");
    }

    private void assertSameModel(Path folder, String... options) throws Exception {
        Workspace workspace = LockstepOrders.workspace(spark, folder);

        cluster.submit(List.of(options), "train", workspace.file(), "--set", "warehouse=" + workspace.warehouse())
                .finish();

        LockstepOrders.assertSame(workspace, reference);
    }
}

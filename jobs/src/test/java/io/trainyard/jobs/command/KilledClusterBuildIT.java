package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.command.StandaloneCluster.Running;
import java.io.IOException;
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

/** A build on a real cluster, of which a part is killed halfway: the tables are as they would have been, in one version each. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KilledClusterBuildIT {
    private static final int ROWS = 2_000;

    private final SparkSession spark;
    private List<String> expected;
    private long files;
    private BuiltOrders orders;
    private StandaloneCluster cluster;

    KilledClusterBuildIT(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeAll
    void start(@TempDir Path folder, @TempDir Path state) throws Exception {
        BuiltOrders undisturbed = BuiltOrders.in(folder, spark, ROWS);
        undisturbed.finish();
        expected = undisturbed.trainingRows();
        files = undisturbed.files();
        cluster = StandaloneCluster.start(state);
    }

    @AfterAll
    void stop() throws IOException {
        cluster.close();
    }

    @BeforeEach
    void fill(@TempDir Path folder) throws IOException {
        orders = BuiltOrders.in(folder, spark, ROWS);
    }

    @Test
    void aWorker() throws Exception {
        Running job = build();
        job.await(this::halfway);
        cluster.kill("worker-2");

        job.finish();
        cluster.start();
        assertBuiltOnce();
    }

    @Test
    void theMaster() throws Exception {
        Running job = build();
        job.await(this::halfway);
        cluster.kill("master");
        cluster.start();

        job.finish();
        assertBuiltOnce();
    }

    /** Supervised, it is started again by its worker. */
    @Test
    void aSupervisedDriver() throws Exception {
        Running job = build("--deploy-mode", "cluster", "--supervise");
        job.await(this::halfway);
        cluster.killDriver();

        job.finish();
        assertBuiltOnce();
    }

    /** Nobody starts it again but the next run. */
    @Test
    void theDriver() throws Exception {
        Running job = build();
        job.await(this::halfway);
        job.kill();
        orders.requireWhole();

        build().finish();
        assertBuiltOnce();
    }

    private Running build(String... options) throws IOException {
        return cluster.submit(
                List.of(options),
                "dataset",
                "build",
                orders.workspace().file(),
                "--set",
                "warehouse=" + orders.workspace().warehouse());
    }

    private boolean halfway() {
        return orders.files() > files / 2;
    }

    private void assertBuiltOnce() {
        orders.requireWhole();
        assertThat(orders.trainingRows()).isEqualTo(expected);
        orders.requireOneVersionEach();
    }
}

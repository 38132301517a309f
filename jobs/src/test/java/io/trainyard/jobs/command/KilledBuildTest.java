package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build that is killed leaves what was visible before, whole, and the next one finishes. */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KilledBuildTest {
    private static final int ROWS = 2_000;
    private static final int MOMENTS = 10;

    private final SparkSession spark;
    private List<String> expected;
    private long files;

    KilledBuildTest(SparkSession spark) {
        this.spark = spark;
    }

    /** Undisturbed, which also tells how many files a build writes. */
    @BeforeAll
    void build(@TempDir Path folder) throws IOException {
        BuiltOrders undisturbed = BuiltOrders.in(folder, spark, ROWS);
        undisturbed.finish();
        expected = undisturbed.trainingRows();
        files = undisturbed.files();
    }

    @Test
    void beforeTheLastFiles(@TempDir Path folder) throws Exception {
        killAndFinish(9, folder);
    }

    @Tag("slow")
    @ParameterizedTest(name = "after {0} tenths of the files")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void atTenMoments(int moment, @TempDir Path folder) throws Exception {
        killAndFinish(moment, folder);
    }

    private void killAndFinish(int moment, Path folder) throws Exception {
        BuiltOrders orders = BuiltOrders.in(folder, spark, ROWS);
        try (ChildProgram child = child(orders.workspace())) {
            child.awaitLine("Training set");
            child.await(() -> orders.files() > files * moment / MOMENTS);
            child.kill();
        }
        orders.requireWhole();

        orders.finish();

        assertThat(orders.trainingRows()).isEqualTo(expected);
        orders.requireOneVersionEach();
    }

    private static ChildProgram child(Workspace workspace) throws IOException {
        Path home = Files.createDirectories(workspace.folder().resolve("spark"));
        Map<String, String> settings = Map.of(
                "spark.master", "local[2]",
                "spark.ui.enabled", "false",
                "spark.sql.shuffle.partitions", "2");
        return ChildProgram.start(settings, home, "dataset", "build", workspace.file());
    }
}

package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.version.Commit;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
        Workspace undisturbed = workspace(folder);
        finish(undisturbed);
        expected = trainingRows(undisturbed);
        files = files(undisturbed);
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
        Workspace workspace = workspace(folder);
        try (ChildProgram child = child(workspace)) {
            child.awaitLine("Training set");
            child.await(() -> files(workspace) > files * moment / MOMENTS);
            child.kill();
        }
        requireWhole(workspace, "features/by_country");
        requireWhole(workspace, "features/by_items");
        requireWhole(workspace, "training/orders");

        finish(workspace);

        assertThat(trainingRows(workspace)).isEqualTo(expected);
        for (String table : List.of("features/by_country", "features/by_items", "training/orders")) {
            assertThat(table(workspace, table).history()).as(table).hasSize(1);
        }
    }

    private Workspace workspace(Path folder) throws IOException {
        Workspace made = new Workspace(folder);
        made.addOrders(spark, Orders.rows(0, ROWS), 3);
        Files.writeString(made.file(), """
                name: orders
                sources:
                  orders: {path: data/orders, event_time: ordered}
                views:
                  by_country:
                    source: orders
                    entity: country
                    windows: [1 day, 7 days]
                    aggregate: {count: count(*), amount: avg(amount)}
                  by_items:
                    source: orders
                    entity: items
                    columns: [amount, member]
                training:
                  rows: orders
                  key: order_id
                  label: returned
                  drop: [status, days]
                  views: [by_country, by_items]
                """);
        return made;
    }

    private static void finish(Workspace workspace) {
        Program.Answer answer = Program.run("dataset", "build", workspace.file());
        assertThat(answer.code()).as(answer.err()).isZero();
    }

    private ChildProgram child(Workspace workspace) throws IOException {
        Path home = Files.createDirectories(workspace.folder().resolve("spark"));
        Map<String, String> settings = Map.of(
                "spark.master", "local[2]",
                "spark.ui.enabled", "false",
                "spark.sql.shuffle.partitions", "2");
        return ChildProgram.start(settings, home, "dataset", "build", workspace.file());
    }

    /** What can be read is a version of which not a row is missing. */
    private void requireWhole(Workspace workspace, String name) {
        VersionedTable table = table(workspace, name);
        Optional<Commit> current = table.current();
        current.map(Commit::table)
                .ifPresent(version -> assertThat(table.read(version.version()).count())
                        .as(name)
                        .isEqualTo(version.rows()));
    }

    private VersionedTable table(Workspace workspace, String name) {
        return new VersionedTable(spark, workspace.warehouse().resolve(name).toString());
    }

    private List<String> trainingRows(Workspace workspace) {
        return table(workspace, "training/orders").read(0).sort("_key").toJSON().collectAsList();
    }

    private static long files(Workspace workspace) {
        try (Stream<Path> all = Files.walk(workspace.warehouse())) {
            return all.filter(path -> path.toString().endsWith(".parquet")
                            || path.toString().endsWith(".json"))
                    .count();
        } catch (IOException | UncheckedIOException e) {
            return 0; // not there yet, or a temporary file went while the folder was listed: asked again at once
        }
    }
}

package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a version is without its bundle, and who may take it away. */
@ExtendWith(SparkExtension.class)
class RetainCommandTest {
    @Test
    void bundlesThatNobodyNeedsGoAndTheirVersionsSaySo(SparkSession spark, @TempDir Path folder) throws IOException {
        Workspace workspace = new Workspace(folder);
        workspace.addOrders(spark, Orders.rows(0, 400), 1);
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
                search: {trials: 1}
                retention: {bundles: 1}
                """);
        for (int rounds = 5; rounds <= 7; rounds++) {
            Answer trained = Program.run("train", pipeline, "--set", "search.rounds=" + rounds);
            assertThat(trained.code()).as(trained.err()).isZero();
        }

        assertThat(Program.run("retain", pipeline, "--dry-run").out()).contains("would remove bundles of versions 1\n");
        assertThat(isDiscarded(pipeline, "1")).isFalse();
        assertThat(Program.run("retain", pipeline).out()).contains("removed bundles of versions 1\n");
        assertThat(Program.run("retain", pipeline).out()).contains("Nothing to remove");

        assertThat(isDiscarded(pipeline, "1")).isTrue();
        assertThat(show(pipeline, "1").out()).contains("roc_auc", "Discarded by ", ": older than the 1 newest");
        assertThat(show(pipeline, "champion").out())
                .startsWith("orders version 3\n")
                .doesNotContain("Discarded");
        Answer needed = Program.run("models", "discard", pipeline, "--model-version", "2");
        assertThat(needed.code()).isEqualTo(2);
        assertThat(needed.err()).contains("Cannot discard version 2 of model 'orders': a rollback would return to it");
    }

    private static Answer show(Path pipeline, String version) {
        return Program.run("models", "show", pipeline, "--model-version", version);
    }

    private static boolean isDiscarded(Path pipeline, String version) throws IOException {
        return Program.run("models", "show", pipeline, "--model-version", version, "--json")
                .json()
                .at("/discarded")
                .asBoolean();
    }
}

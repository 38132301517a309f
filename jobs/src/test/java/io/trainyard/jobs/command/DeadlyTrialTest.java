package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One trial of a study ends the process of its executor each time, and with it whatever else runs there. */
@ExtendWith(SparkExtension.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DeadlyTrialTest {
    private static final int TRIALS = 6;
    private static final int DEADLY = 2;

    private final SparkSession spark;

    DeadlyTrialTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    @Tag("slow")
    void failsAndItsNeighboursDoNot(@TempDir Path folder) throws Exception {
        Workspace workspace = new Workspace(folder);
        workspace.addOrders(spark, Orders.rows(0, 1_000), 2);
        workspace.newOrders(spark, Orders.rows(10_000, 1));
        workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
                search: {trials: 6, rounds: 40, early_stopping: 40, pruner: median, parallelism: 2, seed: 5}
                """);
        Map<String, String> deadly = Map.of(
                "spark.hadoop.fs.file.impl", DeadlyFileSystem.class.getName(),
                "spark.hadoop.deadly.trial", Integer.toString(DEADLY));

        String said;
        try (ChildProgram program =
                ChildProgram.onCluster(folder, "local-cluster[1,2,1024]", deadly, "train", workspace.file())) {
            said = program.finish();
        }

        List<Trial> trials = workspace.trials();
        assertThat(trials).hasSize(TRIALS).allSatisfy(trial -> {
            if (trial.number() == DEADLY) {
                assertThat(trial.outcome())
                        .get()
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.reason())
                                        .startsWith(
                                                "lost 3 times, at last with no other trial beside it: ExecutorLostFailure"));
            } else {
                assertThat(trial.value()).as(trial.toString()).isPresent();
            }
        });
        assertThat(said).contains("1 of 6 trials failed, trial 2: lost 3 times");
        assertThat(workspace.registry().version("orders", 1)).isPresent();
    }
}

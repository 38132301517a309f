package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.Orders;
import io.trainyard.jobs.Workspace;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.groups.Tuple;

/** A study in lockstep, which ends with the same trials and the same model, byte for byte, wherever and however it runs. */
final class LockstepOrders {
    static final int ROWS = 1_000;
    static final int TRIALS = 8;

    /** Many rounds, so that a trial takes long enough to be interrupted; and a pruner, so that it stops at steps. */
    private static final String SECTIONS = """
            training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
            search: {trials: 8, rounds: 150, early_stopping: 150, pruner: median, lockstep: true, parallelism: 2, seed: 5}
            """;

    private LockstepOrders() {}

    static Workspace workspace(SparkSession spark, Path folder) throws IOException {
        return workspace(spark, folder, Orders.rows(0, ROWS), 2);
    }

    static Workspace workspace(SparkSession spark, Path folder, List<Row> rows, int files) throws IOException {
        Workspace made = new Workspace(folder);
        made.addOrders(spark, rows, files);
        made.newOrders(spark, Orders.rows(10_000, 1));
        made.pipeline(SECTIONS);
        return made;
    }

    static void assertSame(Workspace workspace, Workspace reference) throws IOException {
        assertThat(workspace.trials())
                .extracting(Trial::number, Trial::params, Trial::value)
                .containsExactlyElementsOf(reference.trials().stream()
                        .map(trial -> Tuple.tuple(trial.number(), trial.params(), trial.value()))
                        .toList())
                .hasSize(TRIALS);
        assertThat(model(workspace)).isEqualTo(model(reference));
    }

    static byte[] model(Workspace workspace) throws IOException {
        return workspace.bundled(workspace.registry().version("orders", 1).orElseThrow(), "model.ubj");
    }
}

package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A warehouse on a small disk that fills up: a clear message, and what was there before is whole. */
@ExtendWith(SparkExtension.class)
class FullDiskTest {
    private static final int BLOCK = 4096;
    private static final String SECTIONS = """
            training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
            search: {trials: 2, rounds: 10, early_stopping: 10, seed: 5}
            """;

    @TempDir
    private Path disk;

    private boolean mounted;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        mounted = system("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString());
        assumeTrue(mounted, "no small disk: mounting one needs Linux and root");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) {
            system("umount", disk.toString());
        }
    }

    @Test
    void leavesTheLastVersionWhole(@TempDir Path folder, SparkSession spark) throws IOException {
        Workspace workspace = new Workspace(folder);
        workspace.addOrders(spark, Orders.rows(0, 1_000), 1);
        workspace.newOrders(spark, Orders.rows(10_000, 1));
        workspace.pipeline(SECTIONS);
        Path warehouse = disk.resolve("warehouse");
        Answer first = train(workspace, warehouse);
        assertThat(first.code()).as(first.err()).isZero();

        workspace.addOrders(spark, Orders.rows(1_000, 1_000), 1);
        Path filler = fill();
        Answer full = train(workspace, warehouse);

        assertThat(full.code()).as(full.err()).isEqualTo(1);
        assertThat(full.err())
                .contains("No space left on device")
                .contains("A disk is full. What was published before is whole; make room");
        Answer verified = Program.run("models", "verify", workspace.file(), "--set", "warehouse=" + warehouse);
        assertThat(verified.code()).as(verified.err()).isZero();

        Files.delete(filler);
        Answer second = train(workspace, warehouse);
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err())
                .contains("training/orders, version 1: 2,000 rows")
                .contains("registered orders version 2");
    }

    private static Answer train(Workspace workspace, Path warehouse) {
        return Program.run("train", workspace.file(), "--set", "warehouse=" + warehouse);
    }

    /** Takes all room but a few blocks. */
    private Path fill() throws IOException {
        Path filler = disk.resolve("filler");
        long room = Files.getFileStore(disk).getUsableSpace() - 2 * BLOCK;
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (long written = 0; written < room; written += BLOCK) {
                out.write(new byte[BLOCK]);
            }
        }
        return filler;
    }

    private static boolean system(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of(command))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}

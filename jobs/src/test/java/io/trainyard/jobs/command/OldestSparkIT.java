package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar on the oldest Spark that the README names, whose jars {@code scripts/test --all} brings. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class OldestSparkIT {
    private static final Path TARGET = Path.of(System.getProperty("trainyard.root"), "jobs/target");
    private static final Path SPARK = TARGET.resolve("platforms/spark-3.5.2");

    @Test
    void trainsTheSameModel(@TempDir Path here, @TempDir Path there, SparkSession spark)
            throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(SPARK), "no Spark 3.5.2 in " + SPARK + ": scripts/test --all brings it");
        Workspace reference = LockstepOrders.workspace(spark, here);
        Answer answer = Program.run("run", reference.file());
        assertThat(answer.code()).as(answer.err()).isZero();
        Workspace workspace = LockstepOrders.workspace(spark, there);

        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                Files.readString(TARGET.resolve("dist/java-options")).strip().split("\\s+")));
        command.addAll(List.of(
                "-cp",
                TARGET.resolve("trainyard.jar") + ":" + SPARK + "/*",
                Main.class.getName(),
                "run",
                workspace.file().toString()));
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(program.waitFor()).as(said).isZero();
        LockstepOrders.assertSame(workspace, reference);
    }
}

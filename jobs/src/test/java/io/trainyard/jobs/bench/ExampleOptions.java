package io.trainyard.jobs.bench;

import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.jobs.run.Console;
import io.trainyard.jobs.run.JobContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** For a benchmark that runs a pipeline of {@code conf/examples} on real data. */
final class ExampleOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "The folder that the example calls TRAINYARD_DATA.")
    private Path data;

    /**
     * A run of an example.
     *
     * @param settings as for {@code --set}
     */
    JobContext context(String example, List<String> settings, Instant asOf, SparkSession spark, WorkFolder warehouse)
            throws IOException {
        Path file = Path.of(System.getProperty("trainyard.root"), "conf", "examples", example + ".yaml");
        Map<String, String> environment = Map.of(
                "TRAINYARD_DATA", data.toAbsolutePath().toString(),
                "TRAINYARD_WAREHOUSE", warehouse.path().toString());
        return JobContext.of(
                PipelineFile.load(file, Optional.empty(), settings, environment),
                asOf,
                spark,
                environment,
                new Console(System.err, false));
    }
}

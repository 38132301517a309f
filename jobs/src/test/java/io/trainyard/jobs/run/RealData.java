package io.trainyard.jobs.run;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Public data that is no part of the project: {@code TRAINYARD_DATA} names the folder that holds it. */
final class RealData {
    private static final String VARIABLE = "TRAINYARD_DATA";
    private static final Path EXAMPLES = Path.of(System.getProperty("trainyard.root"), "conf", "examples");

    private RealData() {}

    /** A file of the data; skips the test where there is none. */
    static String require(String file) {
        String folder = System.getenv(VARIABLE);
        assumeTrue(folder != null, VARIABLE + " is not set, so there are no real data to test on");
        Path path = Path.of(folder, file);
        assumeTrue(Files.exists(path), "no real data to test on at " + path);
        return path.toString();
    }

    static Path example(String file) {
        return EXAMPLES.resolve(file);
    }

    /** Builds the training set of an example pipeline. */
    static TrainingSetBuilder.Result trainingSet(SparkSession spark, String example, Path warehouse)
            throws IOException {
        Map<String, String> environment =
                Map.of(VARIABLE, System.getenv(VARIABLE), "TRAINYARD_WAREHOUSE", warehouse.toString());
        Pipeline pipeline = PipelineFile.load(EXAMPLES.resolve(example), Optional.empty(), List.of(), environment);
        JobContext context = JobContext.of(
                pipeline, Instant.parse("2026-01-01T00:00:00Z"), spark, environment, new Console(System.err, false));
        return new TrainJob(context).trainingSet();
    }
}

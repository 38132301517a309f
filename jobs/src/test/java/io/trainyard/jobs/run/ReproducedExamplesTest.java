package io.trainyard.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of real data, made again byte for byte. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class ReproducedExamplesTest {
    private final SparkSession spark;

    ReproducedExamplesTest(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @CsvSource({"adult, adult/adult_train.parquet", "fraud, fraud"})
    void everyFileComesOutTheSame(String example, String data, @TempDir Path folder) throws Exception {
        RealData.require(data);
        Map<String, String> environment =
                Map.of("TRAINYARD_DATA", System.getenv("TRAINYARD_DATA"), "TRAINYARD_WAREHOUSE", folder.toString());
        Pipeline pipeline = PipelineFile.load(
                RealData.example(example + ".yaml"), Optional.empty(), List.of("search.trials=4"), environment);
        JobContext context = JobContext.of(
                pipeline, Instant.parse("2026-01-01T00:00:00Z"), spark, environment, new Console(System.err, false));
        TrainJob.Result trained = new TrainJob(context).run();

        Reproduction made = new ReproduceJob(context).run(trained.version());

        assertThat(made.notes()).isEmpty();
        assertThat(made.files()).containsEntry("model.ubj", Reproduction.Match.EQUAL);
        assertThat(made.equal()).as("%s", made.files()).isTrue();
    }
}

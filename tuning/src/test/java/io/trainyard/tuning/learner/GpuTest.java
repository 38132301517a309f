package io.trainyard.tuning.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.NativeLibrary;
import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Params;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("gpu")
@ExtendWith(SparkExtension.class)
class GpuTest {
    private static final Params PARAMS = Params.of(Map.of("learning_rate", 0.1, "max_depth", 4L));

    private final SparkSession spark;

    @TempDir
    Path folder;

    GpuTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void aGpuTrainsAsGoodAModelAsACpu() throws Exception {
        assumeThat(NativeLibrary.cuda())
                .as("XGBoost's library was built for GPUs: run with the profile gpu")
                .isTrue();
        assumeThat(Path.of("/dev/nvidia0")).as("a GPU").exists();
        TrialSettings cpu = new TrialSettings(Task.BINARY, 2, Metric.ROC_AUC, 100, 10, 1);
        MatrixBlocks blocks = Examples.write(spark, folder, Examples.of(Task.BINARY, 20_000));
        try (NativeMatrix train = NativeMatrix.read(blocks, Part.SEARCH_TRAIN, new Configuration());
                NativeMatrix validation = NativeMatrix.read(blocks, Part.SEARCH_VALIDATION, new Configuration())) {
            double onCpu = new Boosting(cpu, PARAMS, 2, () -> false)
                    .search(train, validation)
                    .value();
            double onGpu = new Boosting(cpu.onGpu("0"), PARAMS, 2, () -> false)
                    .search(train, validation)
                    .value();

            assertThat(onGpu).isCloseTo(onCpu, within(0.002));
        }
    }
}

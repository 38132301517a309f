package io.trainyard.tuning.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.matrix.Gpus;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.NativeLibrary;
import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Params;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("gpu")
@ExtendWith(SparkExtension.class)
class GpuTest {
    private static final int AT_ONCE = 8;
    private static final Params PARAMS = Params.of(Map.of("learning_rate", 0.1, "max_depth", 4L));

    private final SparkSession spark;

    @TempDir
    Path folder;

    GpuTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void thereIsAGpu() {
        assumeThat(NativeLibrary.cuda())
                .as("XGBoost's library was built for GPUs: run with the profile gpu")
                .isTrue();
        assumeThat(Gpus.count()).as("GPUs").isPositive();
    }

    @Test
    void aGpuTrainsAsGoodAModelAsACpu() throws Exception {
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

    @Test
    void trialsThatShareAGpuFindWhatEachFindsAlone() throws Exception {
        TrialSettings settings = new TrialSettings(Task.BINARY, 2, Metric.ROC_AUC, 30, 10, 1).onGpu("0");
        MatrixBlocks blocks = Examples.write(spark, folder, Examples.of(Task.BINARY, 200_000));
        List<Callable<Double>> trials = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (NativeMatrix train = NativeMatrix.read(blocks, Part.SEARCH_TRAIN, new Configuration());
                NativeMatrix validation = NativeMatrix.read(blocks, Part.SEARCH_VALIDATION, new Configuration())) {
            for (long trial = 0; trial < 3 * AT_ONCE; trial++) {
                Params params = Params.of(Map.of("learning_rate", 0.05 + 0.01 * trial, "max_depth", 2 + trial % 6));
                trials.add(() -> new Boosting(settings, params, 1, () -> false)
                        .search(train, validation)
                        .value());
            }
            List<Double> beside = new ArrayList<>();
            for (Future<Double> value : threads.invokeAll(trials)) {
                beside.add(value.get());
            }
            for (Callable<Double> trial : trials) {
                alone.add(trial.call());
            }
            assertThat(beside).isEqualTo(alone);
        } finally {
            threads.shutdownNow();
        }
    }
}

package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.tuning.matrix.Gpus;
import io.trainyard.tuning.matrix.NativeLibrary;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

@ExtendWith(SparkExtension.class)
class GpuSearchTest {
    private static final int COLUMNS = 4;

    private static boolean thereIsAGpu() {
        return NativeLibrary.cuda() && Gpus.count() > 0;
    }

    @Test
    void nothingIsComparedWhereThereIsNoGpu() {
        assumeThat(thereIsAGpu()).as("a GPU").isFalse();

        assertThat(new CommandLine(new GpuSearchCommand()).execute("--rows", "400"))
                .isEqualTo(2);
    }

    @Test
    @Tag("gpu")
    void comparesCoresAndSharesOfAGpu(SparkSession spark) throws Exception {
        assumeThat(thereIsAGpu()).as("a GPU").isTrue();

        Report report = new GpuSearch(3, 4, 2, List.of(1, 2))
                .measure(BenchRows.simulated(spark, 4_000, COLUMNS, 1, 2), COLUMNS);

        JsonNode contestants = report.json().get("contestants");
        assertThat(contestants.findValuesAsText("at_once")).containsExactly("2", "1", "2");
        for (JsonNode contestant : contestants) {
            assertThat(contestant.get("auc_apart").asDouble()).isBetween(0.0, 0.01);
        }
    }
}

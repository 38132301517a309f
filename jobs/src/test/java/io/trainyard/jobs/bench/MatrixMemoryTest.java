package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("slow")
@ExtendWith(SparkExtension.class)
class MatrixMemoryTest {
    private final SparkSession spark;

    MatrixMemoryTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void bothAreMeasured() throws Exception {
        JsonNode json = new MatrixMemory(2, 2)
                .measure(BenchRows.simulated(spark, 3_000, 4, 1, 2))
                .json();

        assertThat(json.get("raw").asLong()).isEqualTo(3_000 * 4 * 4);
        assertThat(json.get("results"))
                .extracting(result -> result.get("contestant").asText())
                .containsExactly("ours", "plain native loops");
        assertThat(json.get("results"))
                .allSatisfy(result -> assertThat(result.get("peak").asLong()).isPositive());
    }
}

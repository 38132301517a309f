package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ManyStudiesTest {
    private final SparkSession spark;

    ManyStudiesTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    @Tag("slow")
    void aStudyLeavesNoThreadBehind() throws Exception {
        JsonNode samples = new ManyStudies(3, 2, 3).measure(spark).json().get("samples");

        assertThat(samples).extracting(sample -> sample.get("studies").asInt()).containsExactly(1, 2, 3);
        assertThat(samples).allSatisfy(sample -> {
            assertThat(sample.get("heap").asLong()).isPositive();
            assertThat(sample.get("open").asLong()).isPositive();
        });
        assertThat(samples.get(2).get("threads").asInt()
                        - samples.get(1).get("threads").asInt())
                .as("threads after a study more; Spark's pools come and go by a few")
                .isLessThan(12);
    }
}

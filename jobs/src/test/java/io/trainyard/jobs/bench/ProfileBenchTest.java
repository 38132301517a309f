package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("slow")
@ExtendWith(SparkExtension.class)
class ProfileBenchTest {

    @Test
    void bothLookAtTheSameColumns(SparkSession spark) throws Exception {
        Report report = new ProfileBench(spark, 2000, 0, 1).measure();

        assertThat(report.json().get("columns").asInt()).isEqualTo(20);
        assertThat(report.json().get("distinct_apart").asDouble()).isLessThan(0.2);
        assertThat(report.json().get("contestants")).hasSize(2);
        assertThat(report.text()).contains("profile: 2,000 rows × 20 columns, median of 1 rounds after 0 to warm up");
    }
}

package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TrialOverheadTest {
    private static final RayTune NO_PYTHON = new RayTune("no-such-python");

    @Test
    void measuresBothWaysAndSaysThatThePeerIsMissing(SparkSession spark) throws Exception {
        Report report = new TrialOverhead(6, 2, 2, 2, NO_PYTHON).measure(spark);

        JsonNode contestants = report.json().get("contestants");
        assertThat(contestants.findValuesAsText("contestant"))
                .containsExactly("ours, through Spark tasks", "ours, in process");
        for (JsonNode contestant : contestants) {
            assertThat(contestant.get("trials").asInt()).isEqualTo(6);
            assertThat(contestant.get("runs")).hasSize(2);
            assertThat(contestant.get("milliseconds_per_trial").asDouble()).isPositive();
        }
        assertThat(report.text()).contains("Ray Tune is not installed");
    }
}

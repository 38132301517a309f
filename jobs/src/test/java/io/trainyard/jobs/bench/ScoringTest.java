package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ScoringTest {
    @Test
    void everyWayToScoreIsMeasured() throws Exception {
        Report report = new Scoring(new ScoringModel(3, 2, 4, 1), 10, 0, 0.01).measure();

        assertThat(report.json().get("batches"))
                .hasSize(5)
                .allSatisfy(line ->
                        assertThat(line.get("rows_per_second").asDouble()).isPositive());
        assertThat(report.json().get("rows")).hasSize(2);
        for (JsonNode line : report.json().get("rows")) {
            assertThat(line.get("median_microseconds").asDouble()).isPositive();
            assertThat(report.text()).contains(line.get("contestant").asText());
        }
    }
}

package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class SuggestionTimeTest {

    @Test
    void everySamplerIsMeasured() {
        Report report = new SuggestionTime(30, 4, 3).measure();

        assertThat(report.json().get("results"))
                .extracting(result -> result.get("sampler").asText())
                .containsExactly("tpe", "gp");
        assertThat(report.json().get("results"))
                .extracting((JsonNode result) -> result.get("milliseconds").asDouble())
                .allMatch(milliseconds -> milliseconds > 0);
        assertThat(report.text()).contains("30 finished trials of 4 parameters");
    }
}

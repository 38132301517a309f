package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void everyTrialEndsThoughManyAreLost() throws Exception {
        JsonNode json = new Scale(20, 600, 0.002, 0.2).measure().json();

        assertThat(json.get("lost").asInt()).isGreaterThan(5);
        assertThat(json.get("failed").asInt()).isZero();
        assertThat(json.get("busy").asDouble()).isBetween(0.0, 1.0);
        assertThat(json.get("driver_milliseconds").asDouble()).isPositive();
    }
}

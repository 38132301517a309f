package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SamplerQualityTest {

    @Test
    void everySamplerHasARegretAndAModelBeatsChance() throws IOException, InterruptedException {
        Report report = new SamplerQuality(
                        SearchFunction.all().subList(4, 5), 30, 5, 0, 4, new OptunaSamplers("no-such-python"))
                .measure();

        Map<String, Double> medians = new TreeMap<>();
        Map<String, JsonNode> costs = new TreeMap<>();
        for (JsonNode result : report.json().get("results")) {
            String name = result.get("sampler").asText() + result.get("at_once");
            medians.put(name, result.get("median_regret").asDouble());
            costs.put(name, result.get("ratios").path("1 at once").path("ratio"));
        }
        assertThat(medians).hasSize(8);
        assertThat(medians.get("gp1")).isLessThan(medians.get("random1") / 2).isEqualTo(medians.get("auto1"));
        assertThat(costs.get("gp1").isMissingNode()).isTrue();
        assertThat(costs.get("gp4").asDouble()).isEqualTo(medians.get("gp4") / medians.get("gp1"));
        assertThat(report.text()).contains("Optuna is not installed: no figure of it");
    }

    @Test
    void theMinimaAreZero() {
        Map<String, Params> minima = Map.of(
                "branin", Params.of(Map.of("x", Math.PI, "y", 2.275)),
                "sphere10", cube(10, 0),
                "rosenbrock10", cube(10, 1),
                "ackley5", cube(5, 0),
                "mixed", Params.of(Map.of("kind", "c", "rate", 0.01, "units", 128L, "depth", 7L, "share", 0.6)),
                "conditional",
                        Params.of(Map.of(
                                "learner",
                                "tree",
                                "depth",
                                6L,
                                "rate",
                                Math.pow(10, -1.5),
                                "grow",
                                "leaf",
                                "leaves",
                                64L)));

        SearchFunction.all().stream()
                .filter(function -> minima.containsKey(function.name()))
                .forEach(function -> assertThat(function.loss().applyAsDouble(minima.get(function.name())))
                        .as(function.name())
                        .isCloseTo(0, within(1e-9)));
    }

    private static Params cube(int dimensions, double value) {
        TreeMap<String, Object> values = new TreeMap<>();
        for (int i = 0; i < dimensions; i++) {
            values.put("x" + i, value);
        }
        return new Params(values);
    }
}

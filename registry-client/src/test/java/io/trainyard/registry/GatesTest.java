package io.trainyard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.Gate.Max;
import io.trainyard.registry.Gate.Min;
import io.trainyard.registry.Gate.NotWorseThan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatesTest {
    @ParameterizedTest
    @CsvSource({"0.4, true", "0.5, true", "0.39, false", "NaN, false"})
    void min(double value, boolean passed) {
        assertThat(decide(new Min("auc", 0.4), value).passed()).isEqualTo(passed);
    }

    @ParameterizedTest
    @CsvSource({"0.4, true", "0.3, true", "0.41, false", "NaN, false"})
    void max(double value, boolean passed) {
        assertThat(decide(new Max("auc", 0.4), value).passed()).isEqualTo(passed);
    }

    @ParameterizedTest
    @CsvSource({
        "0.50, 0.50, true, true",
        "0.25, 0.50, true, true",
        "0.24, 0.50, true, false",
        "0.90, 0.50, true, true",
        "0.75, 0.50, false, true",
        "0.76, 0.50, false, false",
        "0.10, 0.50, false, true",
        "NaN, 0.50, true, false",
        "0.50, NaN, true, false"
    })
    void notWorseThan(double challenger, double champion, boolean higherIsBetter, boolean passed) {
        List<Gate> gates = List.of(new NotWorseThan("champion", "auc", 0.25, higherIsBetter));
        GateDecision decision = Gates.decide(
                gates, List.of(Score.of("auc", challenger)), Map.of("champion", List.of(Score.of("auc", champion))));

        assertThat(decision.passed()).isEqualTo(passed);
        assertThat(decision.reasons())
                .containsExactly("%s: auc %s must not be worse than auc %s of champion by more than 0.25"
                        .formatted(passed ? "passed" : "failed", challenger, champion));
    }

    @Test
    void theFirstVersionHasNoChampionToBeat() {
        GateDecision decision = decide(new NotWorseThan("champion", "auc", 0, true), 0.1);

        assertThat(decision).isEqualTo(new GateDecision(true, List.of("passed: auc 0.1, no champion yet")));
    }

    @Test
    void everyGateIsAskedAndGivesItsNumbers() {
        GateDecision decision = Gates.decide(
                List.of(new Min("auc", 0.9), new Max("log_loss", 0.5)),
                List.of(new Score("auc", 0.8, 0.7, 0.85), Score.of("log_loss", 0.3)),
                Map.of());

        assertThat(decision.passed()).isFalse();
        assertThat(decision.reasons())
                .containsExactly(
                        "failed: auc 0.8 (0.7 to 0.85) must be at least 0.9",
                        "passed: log_loss 0.3 must be at most 0.5");
    }

    @Test
    void aMetricThatWasNotMeasuredIsNamed() {
        assertThatThrownBy(() -> decide(new Min("aucc", 0.4), 0.5))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot decide on promotion: metric 'aucc' was not measured; use one of [auc]");
    }

    @Test
    void aMarginBelowZeroIsRefused() {
        assertThatThrownBy(() -> new NotWorseThan("champion", "auc", -0.1, true))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot use margin -0.1 in not_worse_than 'champion': give 0 or more");
    }

    private static GateDecision decide(Gate gate, double value) {
        return Gates.decide(List.of(gate), List.of(Score.of("auc", value)), Map.of());
    }
}

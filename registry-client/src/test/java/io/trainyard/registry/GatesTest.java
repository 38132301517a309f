package io.trainyard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.Gate.BetterThan;
import io.trainyard.registry.Gate.Max;
import io.trainyard.registry.Gate.Min;
import io.trainyard.registry.Gate.NotWorseThan;
import io.trainyard.registry.GateEvidence.Contest;
import io.trainyard.registry.GateEvidence.Slice;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    @CsvSource({"0.50, true", "0.49, false", "0.97, true", "NaN, false"})
    void notWorseThanAsksForTheShareOfResamples(double share, boolean passed) {
        GateDecision decision = decide(new NotWorseThan("champion", "auc", 0.25, 0.5), measured(share));

        assertThat(decision.passed()).isEqualTo(passed);
        assertThat(decision.reasons())
                .containsExactly(
                        "%s: auc 0.7 beside 0.8 of champion, version 3: -0.1 (-0.2 to 0.05) on 900 rows, without 100 that it has learnt from; not worse by more than 0.25 in %s %% of the resamples, asked 50 %%"
                                .formatted(
                                        passed ? "passed" : "failed",
                                        Double.isNaN(share)
                                                ? "NaN"
                                                : BigDecimal.valueOf(100 * share)
                                                        .stripTrailingZeros()
                                                        .toPlainString()));
        assertThat(decision.verdicts().get(0).evidence())
                .containsEntry("gain", -0.1)
                .containsEntry("rows", 900.0);
    }

    @ParameterizedTest
    @CsvSource({"0.95, true", "0.94, false"})
    void betterThanAsksForMore(double share, boolean passed) {
        GateDecision decision = decide(new BetterThan("champion", "auc", 0, 0.95), measured(share));

        assertThat(decision.passed()).isEqualTo(passed);
        assertThat(decision.verdicts().get(0).reason()).contains("better by more than 0 in");
    }

    @Test
    void theFirstVersionHasNoChampionToBeat() {
        GateDecision decision = decide(new BetterThan("champion", "auc", 0, 0.95), new Contest.Unopposed());

        assertThat(decision.reasons()).containsExactly("passed: auc: no champion yet");
    }

    @Test
    void whatCannotBeComparedIsNotPassed() {
        GateDecision decision =
                decide(new NotWorseThan("champion", "auc", 0.01, 0.5), new Contest.Impossible("it predicts a number"));

        assertThat(decision.reasons()).containsExactly("failed: it predicts a number");
    }

    @Test
    void aSliceFailsWhenItsWholeIntervalIsBeyond() {
        Gate.Slices gate = new Gate.Slices("country", "auc", 0.7, true, 1);
        GateDecision decision = Gates.decide(
                List.of(gate),
                evidence(Map.of(
                        gate,
                        List.of(
                                new Slice("A", new Score("auc", 0.65, 0.55, 0.71), 80),
                                new Slice("B", new Score("auc", 0.6, 0.5, 0.69), 90),
                                new Slice("C", Score.of("auc", Double.NaN), 3)))));

        assertThat(decision.reasons())
                .containsExactly(
                        "failed: 1 of 3 slices by 'country' surely miss auc of at least 0.7: 'B': auc 0.6 (0.5 to 0.69) on 90 rows");
    }

    @Test
    void aSliceOfALossFailsAboveItsLimit() {
        Gate.Slices gate = new Gate.Slices("country", "rmse", 2, false, 1);

        assertThat(Gates.decide(List.of(gate), evidence(Map.of(gate, List.of(slice(2.5, 2.1, 3)))))
                        .passed())
                .isFalse();
        assertThat(Gates.decide(List.of(gate), evidence(Map.of(gate, List.of(slice(2.5, 1.9, 3)))))
                        .reasons())
                .containsExactly("passed: none of 1 slices by 'country' surely misses rmse of at most 2");
    }

    private static Slice slice(double value, double low, double high) {
        return new Slice("A", new Score("rmse", value, low, high), 50);
    }

    @Test
    void calibrationSizeAndLatencyHaveLimits() {
        GateEvidence evidence = new GateEvidence(
                List.of(), Map.of(), Map.of(), OptionalDouble.of(0.031), 2_000, Optional.of(Duration.ofNanos(14_200)));
        GateDecision decision = Gates.decide(
                List.of(new Gate.Calibration(0.03), new Gate.Size(2_000), new Gate.Latency(Duration.ofMillis(1))),
                evidence);

        assertThat(decision.reasons())
                .containsExactly(
                        "failed: expected calibration error 0.031 must be at most 0.03",
                        "passed: bundle 2000 bytes must be at most 2000 bytes",
                        "passed: a row takes 0.0142 ms must be at most 1 ms");
    }

    @Test
    void whatWasNotMeasuredIsNamed() {
        assertThatThrownBy(() -> Gates.decide(List.of(new Gate.Calibration(0.1)), GateEvidence.of(List.of())))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot decide on promotion: nothing was measured for the gate Calibration[most=0.1]");
    }

    @Test
    void everyGateIsAskedAndGivesItsNumbers() {
        GateDecision decision = Gates.decide(
                List.of(new Min("auc", 0.9), new Max("log_loss", 0.5)),
                GateEvidence.of(List.of(new Score("auc", 0.8, 0.7, 0.85), Score.of("log_loss", 0.3))));

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
        assertThatThrownBy(() -> new NotWorseThan("champion", "auc", -0.1, 0.5))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot use margin -0.1 in not_worse_than 'champion': give 0 or more");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, Double.NaN})
    void aConfidenceThatIsNoShareIsRefused(double confidence) {
        assertThatThrownBy(() -> new BetterThan("champion", "auc", 0, confidence))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot use confidence %s in better_than 'champion': give a share above 0 and below 1"
                        .formatted(confidence));
    }

    private static Contest measured(double share) {
        return new Contest.Measured(3, 0.7, 0.8, -0.1, -0.2, 0.05, share, 900, OptionalLong.of(100));
    }

    private static GateDecision decide(Gate.Comparison gate, Contest contest) {
        return Gates.decide(
                List.of(gate),
                new GateEvidence(
                        List.of(), Map.of(gate, contest), Map.of(), OptionalDouble.empty(), 0, Optional.empty()));
    }

    private static GateEvidence evidence(Map<Gate.Slices, List<Slice>> slices) {
        return new GateEvidence(List.of(), Map.of(), slices, OptionalDouble.empty(), 0, Optional.empty());
    }

    private static GateDecision decide(Gate gate, double value) {
        return Gates.decide(List.of(gate), GateEvidence.of(List.of(Score.of("auc", value))));
    }
}

package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private final Measurement ours = new Measurement("ours", 32, 2, List.of(8.0, 16.0, 8.0));

    @Test
    void ratesComeFromTheMedianRun() {
        assertThat(ours.median()).isEqualTo(8);
        assertThat(ours.trialsPerSecond()).isEqualTo(4);
        assertThat(ours.millisecondsPerTrial()).isEqualTo(500);
    }

    @Test
    void aMedianOfAnEvenNumberIsTheMiddle() {
        assertThat(new Measurement("ours", 1, 1, List.of(4.0, 1.0, 2.0, 9.0)).median())
                .isEqualTo(3);
    }

    @Test
    void ratiosAreByTimeATrialAndByPair() {
        Measurement peer = new Measurement("peer", 8, 2, List.of(8.0, 16.0, 4.0));

        assertThat(peer.ratioTo(ours)).isEqualTo(4, within(1e-12));
    }

    @Test
    void aRatioNeedsThePairs() {
        Measurement peer = new Measurement("peer", 8, 2, List.of(8.0));

        assertThatThrownBy(() -> peer.ratioTo(ours)).hasMessageContaining("peer has 1 runs and ours has 3");
    }

    @Test
    void nothingMeasuredIsNoMeasurement() {
        assertThatThrownBy(() -> new Measurement("ours", 32, 2, List.of()))
                .hasMessageContaining("ours with 32 trials in each of 0 runs");
    }
}

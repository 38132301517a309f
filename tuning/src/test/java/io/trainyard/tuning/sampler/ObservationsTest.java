package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ObservationsTest {

    private static final List<Trial> COMPLETE = List.of(
            trial(0, Map.of(4, 0.70, 16, 0.80), new Outcome.Complete(0.85)),
            trial(1, Map.of(4, 0.60, 16, 0.75), new Outcome.Complete(0.83)),
            trial(2, Map.of(4, 0.75, 16, 0.78), new Outcome.Complete(0.80)));

    @Test
    void aPrunedTrialWouldHaveChangedAsThoseThatWentOn() {
        assertThat(losses(trial(3, Map.of(4, 0.50), new Outcome.Pruned(4, 0.50))))
                .containsExactly(new double[] {-0.85, -0.83, -0.80, -0.65}, within(1e-12));
        assertThat(losses(trial(3, Map.of(4, 0.50, 16, 0.70), new Outcome.Pruned(16, 0.70))))
                .containsExactly(new double[] {-0.85, -0.83, -0.80, -0.75}, within(1e-12));
    }

    @Test
    void aPrunedTrialIsNoBetterThanTheBest() {
        assertThat(losses(trial(3, Map.of(4, 0.80), new Outcome.Pruned(4, 0.80)))[3])
                .isEqualTo(-0.85);
    }

    @Test
    void whatNoTrialWentOnFromStaysAsReported() {
        assertThat(losses(trial(3, Map.of(8, 0.50), new Outcome.Pruned(8, 0.50)))[3])
                .isEqualTo(-0.50);
    }

    @Test
    void aFailedTrialIsAsBadAsTheWorst() {
        assertThat(losses(new Outcome.Failed("no"))).containsExactly(-0.85, -0.83, -0.80, -0.80);
        assertThat(losses(new Outcome.Complete(Double.NEGATIVE_INFINITY))).containsExactly(-0.85, -0.83, -0.80, -0.80);
        assertThat(losses(new Outcome.Complete(Double.POSITIVE_INFINITY))).containsExactly(-0.85, -0.83, -0.80, -0.85);
    }

    private static double[] losses(Outcome outcome) {
        return losses(trial(3, Map.of(), outcome));
    }

    private static double[] losses(Trial last) {
        List<Trial> all = new ArrayList<>(COMPLETE);
        all.add(last);
        return Observations.of(all, Direction.MAXIMIZE).losses();
    }

    private static Trial trial(int number, Map<Integer, Double> reports, Outcome outcome) {
        return new Trial(
                number,
                Params.empty(),
                new TreeMap<>(reports),
                Optional.of(outcome),
                Instant.EPOCH,
                Optional.of(Instant.EPOCH));
    }
}

package io.trainyard.tuning.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Pruner;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatientPrunerTest extends PrunerContract {

    private static final Problem PROBLEM = Histories.problem(Direction.MINIMIZE, 27);

    /** Any trial of these would be stopped by the median. */
    private static final History HISTORY = new History(List.of(Histories.complete(0, new double[27])), List.of());

    @Override
    Pruner pruner() {
        return new PatientPruner(new MedianPruner(), 2, 0.01);
    }

    @Test
    void letsATrialGoOnWhileItImproves() {
        assertThat(decide(2, 0, 5, 4, 3, 2)).isEqualTo(Decision.GO_ON);
    }

    @Test
    void losesPatienceAfterReportsThatAreAllWorse() {
        assertThat(decide(2, 0, 1, 2, 2)).isEqualTo(Decision.GO_ON);
        assertThat(decide(2, 0, 1, 2, 2, 2)).isEqualTo(Decision.STOP);
        assertThat(decide(2, 0, 1, 2, 2, 0.9)).isEqualTo(Decision.GO_ON);
        assertThat(decide(0, 0, 1, 2)).isEqualTo(Decision.STOP);
    }

    @Test
    void toleratesALittle() {
        assertThat(decide(0, 0.5, 1, 1.5)).isEqualTo(Decision.GO_ON);
        assertThat(decide(0, 0.5, 1, 1.75)).isEqualTo(Decision.STOP);
    }

    @Test
    void isAsTheOneThatItWraps() {
        Pruner patient = new PatientPruner(new AshaPruner(3, 2), 1, 0);

        assertThat(patient.pauses()).isTrue();
        assertThat(pruner().pauses()).isFalse();
        assertThat(AshaPrunerTest.rungs(patient, 27)).containsExactly(2, 6, 18, 27);
    }

    @Test
    void saysWhatItCannotBe() {
        assertThatThrownBy(() -> new PatientPruner(new MedianPruner(), -1, 0))
                .hasMessageContaining("-1 reports: at least 0");
        assertThatThrownBy(() -> new PatientPruner(new MedianPruner(), 1, Double.NaN))
                .hasMessageContaining("by NaN: at least 0");
    }

    private static Decision decide(int patience, double minDelta, double... reports) {
        return new PatientPruner(new MedianPruner(1, 0, 1), patience, minDelta)
                .decide(PROBLEM, Histories.pending(1, reports), HISTORY);
    }
}

package io.trainyard.tuning.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Pruner;
import io.trainyard.tuning.study.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class WilcoxonPrunerTest extends PrunerContract {

    private static final Problem PROBLEM = Histories.problem(Direction.MINIMIZE, 10);

    /** Folds differ more than trials do. */
    private static final double[] BEST = {0.1, 0.9, 0.3, 0.7, 0.5, 0.2, 0.8, 0.4, 0.6, 0.5};

    @Override
    Pruner pruner() {
        return new WilcoxonPruner();
    }

    @Test
    void stopsWhatIsWorseOnFourFoldsOfFour() {
        assertThat(decide(0.11, 0.92, 0.33)).isEqualTo(Decision.GO_ON);
        assertThat(decide(0.11, 0.92, 0.33, 0.74)).isEqualTo(Decision.STOP);
    }

    @Test
    void aFoldThatIsALittleBetterDoesNotSaveIt() {
        assertThat(decide(0.12, 0.93, 0.34, 0.75, 0.49)).isEqualTo(Decision.STOP);
        assertThat(decide(0.12, 0.93, 0.34, 0.75, 0.40)).isEqualTo(Decision.GO_ON);
    }

    /** Worse on most folds by little, and better on one by much. */
    @Test
    void oneWhoseMeanIsBetterGoesOn() {
        assertThat(decide(0.11, 0.92, 0.33, 0.74, 0.55, 0.26, 0.87, 0.48, 0.69, 0.0))
                .isEqualTo(Decision.GO_ON);
        assertThat(decide(0.11, 0.92, 0.33, 0.74, 0.55, 0.26, 0.87, 0.48, 0.69, 0.4))
                .isEqualTo(Decision.STOP);
    }

    @Test
    void comparesOnlyFoldsThatBothHave() {
        Trial few = Histories.ended(0, new Outcome.Complete(0.1), 0.1, 0.1, 0.1);
        Trial worse = Histories.pending(1, 1, 1, 1, 1, 1);

        assertThat(pruner().decide(PROBLEM, worse, new History(List.of(few), List.of())))
                .isEqualTo(Decision.GO_ON);
    }

    @Test
    void saysWhatItCannotBe() {
        assertThatThrownBy(() -> new WilcoxonPruner(0)).hasMessageContaining("threshold of 0.0: must be between");
        assertThatThrownBy(() -> new WilcoxonPruner(Double.NaN)).hasMessageContaining("threshold of NaN");
    }

    private Decision decide(double... reports) {
        Trial best = Histories.ended(0, new Outcome.Complete(0.5), BEST);
        Trial worse = Histories.complete(1, new double[] {9, 9, 9, 9, 9});
        return pruner().decide(PROBLEM, Histories.pending(2, reports), new History(List.of(best, worse), List.of()));
    }
}

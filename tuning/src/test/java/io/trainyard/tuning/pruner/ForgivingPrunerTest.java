package io.trainyard.tuning.pruner;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Pruner;
import io.trainyard.tuning.study.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForgivingPrunerTest extends PrunerContract {
    private static final Problem PROBLEM = Histories.problem(Direction.MINIMIZE, 5);

    @Override
    Pruner pruner() {
        return new ForgivingPruner();
    }

    @Test
    void forgivesWhatIsNoWorseThanTheWorstFoldOfTheBest() {
        assertThat(decide(0.5, new double[] {0.2, 0.6, 0.4, 0.7}, 0.69)).isEqualTo(Decision.GO_ON);
        assertThat(decide(0.5, new double[] {0.2, 0.6, 0.4, 0.7}, 0.71)).isEqualTo(Decision.STOP);
    }

    @Test
    void comparesTheMeanSoFar() {
        assertThat(decide(0.5, new double[] {0.2, 0.6, 0.4, 0.7}, 0.9, 0.4)).isEqualTo(Decision.GO_ON);
        assertThat(decide(0.5, new double[] {0.2, 0.6, 0.4, 0.7}, 0.9, 0.6)).isEqualTo(Decision.STOP);
    }

    /** A trial reports all folds but the last, which its mean tells: here 5 · 0.5 − 1.6 = 0.9. */
    @Test
    void theLastFoldOfTheBestCountsToo() {
        assertThat(decide(0.5, new double[] {0.3, 0.4, 0.4, 0.5}, 0.85)).isEqualTo(Decision.GO_ON);
        assertThat(decide(0.5, new double[] {0.3, 0.4, 0.4, 0.5}, 0.95)).isEqualTo(Decision.STOP);
    }

    @Test
    void aBestTrialThatReportedNothingIsJudgedByItsValue() {
        assertThat(decide(0.5, new double[0], 0.51)).isEqualTo(Decision.STOP);
        assertThat(decide(0.5, new double[0], 0.49)).isEqualTo(Decision.GO_ON);
    }

    private static Decision decide(double value, double[] folds, double... reports) {
        Trial best = Histories.ended(0, new Outcome.Complete(value), folds);
        Trial worse = Histories.ended(1, new Outcome.Complete(0.99), 0.99, 0.99, 0.99, 0.99);
        return new ForgivingPruner()
                .decide(PROBLEM, Histories.pending(2, reports), new History(List.of(best, worse), List.of()));
    }
}

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MedianPrunerTest extends PrunerContract {

    private static final Problem PROBLEM = Histories.problem(Direction.MINIMIZE, 27);

    @Override
    Pruner pruner() {
        return new MedianPruner();
    }

    @Test
    void stopsWhatIsWorseThanTheMedian() {
        assertThat(decide(5, 0.31)).isEqualTo(Decision.STOP);
        assertThat(decide(5, 0.3)).isEqualTo(Decision.GO_ON);
        assertThat(decide(6, 0.36)).isEqualTo(Decision.STOP);
        assertThat(decide(6, 0.35)).isEqualTo(Decision.GO_ON);
    }

    @Test
    void stopsNoneBeforeEnoughAreComplete() {
        assertThat(decide(4, 100)).isEqualTo(Decision.GO_ON);
    }

    /** A trial whose curve rises for a moment has shown what it can. */
    @Test
    void aTrialStandsForItsBestValue() {
        assertThat(decide(5, 0.2, 0.9)).isEqualTo(Decision.GO_ON);
    }

    @Test
    void comparesOnlyWithCompleteTrials() {
        List<Trial> others = new ArrayList<>(ladder(4));
        others.add(Histories.ended(4, new Outcome.Pruned(1, 0.1), 0.1));

        assertThat(pruner().decide(PROBLEM, Histories.pending(9, 100), new History(others, List.of())))
                .isEqualTo(Decision.GO_ON);
    }

    @Test
    void decidesAfterWarmingUpAndAtIntervals() {
        MedianPruner pruner = new MedianPruner(1, 4, 3);
        History history = new History(List.of(Histories.complete(0, new double[27])), List.of());
        double[] bad = IntStream.range(0, 10).mapToDouble(step -> 1).toArray();
        List<Integer> decided = IntStream.rangeClosed(1, 10)
                .filter(step -> pruner.decide(PROBLEM, Histories.pending(1, Arrays.copyOf(bad, step)), history)
                        == Decision.STOP)
                .boxed()
                .toList();

        assertThat(decided).containsExactly(7, 10);
        assertThat(AshaPrunerTest.rungs(pruner, 12)).containsExactly(7, 10, 12);
    }

    @Test
    void saysWhatItCannotBe() {
        assertThatThrownBy(() -> new MedianPruner(0, 0, 1)).hasMessageContaining("0 startup trials: at least 1");
        assertThatThrownBy(() -> new MedianPruner(1, -1, 1)).hasMessageContaining("-1 steps: at least 0");
        assertThatThrownBy(() -> new MedianPruner(1, 0, 0)).hasMessageContaining("every 0 steps: at least 1");
    }

    /** Among complete trials that had 0.1, 0.2 and so on at every step. */
    private Decision decide(int complete, double... reports) {
        return pruner().decide(PROBLEM, Histories.pending(9, reports), new History(ladder(complete), List.of()));
    }

    private static List<Trial> ladder(int complete) {
        return IntStream.rangeClosed(1, complete)
                .mapToObj(i -> Histories.complete(i, i / 10.0, i / 10.0))
                .toList();
    }
}

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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AshaPrunerTest extends PrunerContract {

    private static final Problem PROBLEM = Histories.problem(Direction.MINIMIZE, 64);

    @Override
    Pruner pruner() {
        return new AshaPruner();
    }

    @Test
    void rungsAreThePowersOfTheFactorUpToTheEnd() {
        assertThat(rungs(new AshaPruner(4, 1), 64)).containsExactly(1, 4, 16, 64);
        assertThat(rungs(new AshaPruner(3, 2), 50)).containsExactly(2, 6, 18, 50);
        assertThat(rungs(new AshaPruner(2, 9), 8)).containsExactly(8);
    }

    @Test
    void theBestQuarterOfARungGoesOn() {
        List<Trial> waiting = IntStream.range(0, 11)
                .mapToObj(number -> Histories.pending(number, number))
                .toList();
        History history = new History(List.of(), waiting);

        assertThat(decide(Histories.pending(11, -0.5), history)).isEqualTo(Decision.GO_ON);
        assertThat(decide(Histories.pending(11, 1.5), history)).isEqualTo(Decision.GO_ON);
        assertThat(decide(Histories.pending(11, 2), history)).isEqualTo(Decision.WAIT);
        assertThat(decide(Histories.pending(11, 100), history)).isEqualTo(Decision.WAIT);
    }

    @Test
    void theBestFewOfARungAlwaysGoOn() {
        Pruner pruner = new AshaPruner(4, 1, 3);
        List<Trial> others = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            assertThat(pruner.decide(PROBLEM, Histories.pending(number, number), new History(List.of(), others)))
                    .isEqualTo(Decision.GO_ON);
            others.add(Histories.pending(number, number));
        }

        History three = new History(List.of(), others);
        assertThat(pruner.decide(PROBLEM, Histories.pending(3, 1.5), three)).isEqualTo(Decision.GO_ON);
        assertThat(pruner.decide(PROBLEM, Histories.pending(3, 2.5), three)).isEqualTo(Decision.WAIT);
    }

    @Test
    void aWaitingTrialGoesOnWhenWorseOnesHaveCome() {
        Trial second = Histories.pending(1, 0.2);
        List<Trial> others = new ArrayList<>(List.of(Histories.pending(0, 0.1)));
        for (int number = 2; number < 8; number++) {
            assertThat(decide(second, new History(List.of(), others))).isEqualTo(Decision.WAIT);
            others.add(Histories.pending(number, 0.5));
        }

        assertThat(decide(second, new History(List.of(), others))).isEqualTo(Decision.GO_ON);
    }

    /** Otherwise a configuration that crashes after a good start would keep the others from going on. */
    @Test
    void aTrialThatFailedLaterGivesItsPlaceToTheNext() {
        Trial failed = Histories.ended(0, new Outcome.Failed("out of memory"), 0.1);
        Trial stopped = Histories.ended(0, new Outcome.Pruned(1, 0.1), 0.1);
        Trial next = Histories.pending(1, 0.2);

        assertThat(decide(next, new History(List.of(failed), List.of()))).isEqualTo(Decision.GO_ON);
        assertThat(decide(next, new History(List.of(stopped), List.of()))).isEqualTo(Decision.WAIT);
    }

    @Test
    void comparesOnlyAtTheSameRung() {
        History history =
                new History(List.of(), List.of(Histories.pending(0, 0.1), Histories.pending(1, 0.5, 0.4, 0.3, 0.2)));

        assertThat(decide(Histories.pending(2, 0.9, 0.9, 0.9, 0.19), history)).isEqualTo(Decision.GO_ON);
        assertThat(decide(Histories.pending(2, 0.1, 0.1, 0.1, 0.21), history)).isEqualTo(Decision.WAIT);
    }

    @Test
    void betweenRungsATrialGoesOn() {
        History history = new History(List.of(), List.of(Histories.pending(0, 0.1, 0.1, 0.1)));

        assertThat(decide(Histories.pending(1, 0.9, 0.9), history)).isEqualTo(Decision.GO_ON);
    }

    @Test
    void ofEqualsTheEarlierGoesOn() {
        assertThat(decide(Histories.pending(0, 0.1), pendingOnly(Histories.pending(1, 0.1))))
                .isEqualTo(Decision.GO_ON);
        assertThat(decide(Histories.pending(1, 0.1), pendingOnly(Histories.pending(0, 0.1))))
                .isEqualTo(Decision.WAIT);
    }

    @Test
    void saysWhatItCannotBe() {
        assertThatThrownBy(() -> new AshaPruner(1, 1)).hasMessageContaining("reduction factor of 1: at least 2");
        assertThatThrownBy(() -> new AshaPruner(4, 0)).hasMessageContaining("first rung after 0 steps: at least 1");
        assertThatThrownBy(() -> new AshaPruner(4, 1, 0)).hasMessageContaining("let 0 trials of a rung go on");
    }

    static List<Integer> rungs(Pruner pruner, int steps) {
        List<Integer> rungs = new ArrayList<>();
        Trial trial = Histories.pending(0);
        while (trial.step() < steps) {
            trial = trial.reporting(pruner.nextStep(Histories.problem(Direction.MINIMIZE, steps), trial), 0.5);
            rungs.add(trial.step());
        }
        return rungs;
    }

    private Decision decide(Trial trial, History history) {
        return pruner().decide(PROBLEM, trial, history);
    }

    private static History pendingOnly(Trial trial) {
        return new History(List.of(), List.of(trial));
    }
}

package io.trainyard.tuning.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Fidelity;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Pruner;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HyperbandPrunerTest extends PrunerContract {

    private static final Problem PROBLEM = Histories.problem(Direction.MINIMIZE, 81);

    private final HyperbandPruner hyperband = new HyperbandPruner();

    @Override
    Pruner pruner() {
        return hyperband;
    }

    /** The budgets that Optuna computes for 81 steps. */
    @Test
    void bracketsShareTheTrialsAsInOptuna() {
        assertThat(hyperband.brackets(PROBLEM)).isEqualTo(5);
        assertThat(IntStream.range(0, 5).mapToLong(bracket -> hyperband.share(bracket, 5)))
                .containsExactly(81L, 34L, 15L, 8L, 5L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, -4})
    void trialsFallIntoBracketsByTheirShares(long seed) {
        Problem problem = new Problem(PROBLEM.space(), Direction.MINIMIZE, seed).withFidelity(new Fidelity(81));
        for (int bracket = 0; bracket < 5; bracket++) {
            int expected = bracket;
            double share = IntStream.range(0, 10_000)
                            .filter(number -> hyperband.bracket(problem, number) == expected)
                            .count()
                    / 10_000.0;
            assertThat(share).isCloseTo(hyperband.share(bracket, 5) / 143.0, within(0.02));
        }
    }

    @Test
    void aBracketBeginsAtItsRung() {
        for (int number = 0; number < 200; number++) {
            int bracket = hyperband.bracket(PROBLEM, number);
            assertThat(hyperband.nextStep(PROBLEM, Histories.pending(number))).isEqualTo((int) Math.pow(3, bracket));
        }
    }

    @Test
    void aTrialIsComparedWithinItsBracket() {
        int trial = inBracket(0, 100);
        History same = new History(List.of(), List.of(Histories.pending(inBracket(0, 0), 0.1)));
        History other = new History(List.of(), List.of(Histories.pending(inBracket(1, 0), 0.1)));

        assertThat(hyperband.decide(PROBLEM, Histories.pending(trial, 0.5), same))
                .isEqualTo(Decision.WAIT);
        assertThat(hyperband.decide(PROBLEM, Histories.pending(trial, 0.5), other))
                .isEqualTo(Decision.GO_ON);
    }

    @Test
    void seedsDrawOtherBrackets() {
        Problem other = new Problem(PROBLEM.space(), Direction.MINIMIZE, 8).withFidelity(PROBLEM.fidelity());

        assertThat(brackets(other)).isNotEqualTo(brackets(PROBLEM));
    }

    @Test
    void saysWhatItCannotBe() {
        assertThatThrownBy(() -> new HyperbandPruner(1, 1)).hasMessageContaining("reduction factor of 1: at least 2");
    }

    private List<Integer> brackets(Problem problem) {
        return IntStream.range(0, 50)
                .mapToObj(number -> hyperband.bracket(problem, number))
                .toList();
    }

    /** The first number in a bracket, from one on. */
    private int inBracket(int bracket, int from) {
        return IntStream.iterate(from, number -> number + 1)
                .filter(number -> hyperband.bracket(PROBLEM, number) == bracket)
                .findFirst()
                .orElseThrow();
    }
}

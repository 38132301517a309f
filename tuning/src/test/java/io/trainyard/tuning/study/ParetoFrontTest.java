package io.trainyard.tuning.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.space.Params;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoFrontTest {

    private static final List<Direction> SCORE_AND_COST = List.of(Direction.MAXIMIZE, Direction.MINIMIZE);

    @Test
    void keepsWhatNothingBeatsTheBestByTheFirstMetricFirst() {
        List<Trial> trials =
                trials(complete(0.7, 10), complete(0.9, 30), complete(0.7, 12), complete(0.6, 30), complete(0.8, 10));

        assertThat(numbers(ParetoFront.of(trials, SCORE_AND_COST))).containsExactly(1, 4);
    }

    @Test
    void keepsEqualsAndLeavesOutWhatDidNotRunToItsEnd() {
        List<Trial> trials =
                trials(new Outcome.Failed("NaN"), complete(0.9, 30), new Outcome.Pruned(3, 0.99), complete(0.9, 30));

        assertThat(numbers(ParetoFront.of(trials, SCORE_AND_COST))).containsExactly(1, 3);
    }

    @Test
    void byOneMetricIsTheBest() {
        List<Trial> trials = trials(complete(0.1), complete(0.3), complete(0.2));

        assertThat(numbers(ParetoFront.of(trials, List.of(Direction.MAXIMIZE)))).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isExactlyTheTrialsThatNoOtherDominates(long seed) {
        Random random = new Random(seed);
        List<Trial> trials = trials(IntStream.range(0, 200)
                .mapToObj(i -> complete(random.nextInt(20), random.nextInt(20), random.nextInt(20)))
                .toArray(Outcome[]::new));
        List<Integer> undominated = trials.stream()
                .filter(trial -> trials.stream().noneMatch(other -> dominates(other.values(), trial.values())))
                .map(Trial::number)
                .toList();

        List<Direction> directions = List.of(Direction.MINIMIZE, Direction.MINIMIZE, Direction.MINIMIZE);
        assertThat(numbers(ParetoFront.of(trials, directions))).containsExactlyInAnyOrderElementsOf(undominated);
    }

    @Test
    void refusesValuesOfOtherMetrics() {
        assertThatThrownBy(() -> ParetoFront.of(trials(complete(0.5)), SCORE_AND_COST))
                .hasMessage("Cannot compare trial 0 by 2 metrics: its values are [0.5]");
    }

    private static boolean dominates(List<Double> values, List<Double> others) {
        return !values.equals(others)
                && IntStream.range(0, values.size()).allMatch(i -> values.get(i) <= others.get(i));
    }

    private static List<Trial> trials(Outcome... outcomes) {
        return IntStream.range(0, outcomes.length)
                .mapToObj(number -> new Trial(
                        number,
                        Params.empty(),
                        Optional.of(outcomes[number]),
                        Instant.EPOCH,
                        Optional.of(Instant.EPOCH)))
                .toList();
    }

    private static Outcome complete(double... values) {
        return new Outcome.Complete(Arrays.stream(values).boxed().toList(), new TreeMap<>());
    }

    private static List<Integer> numbers(List<Trial> trials) {
        return trials.stream().map(Trial::number).toList();
    }
}

package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Trial;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TpeSamplerTest extends SamplerContract {

    private static final SearchSpace LINE = SearchSpace.of(FloatParameter.uniform("x", 0, 1));
    private static final int TRIALS = 30;

    @Override
    Sampler sampler() {
        return new TpeSampler();
    }

    @Test
    void beginsWithSobol() {
        List<Trial> nine = run(MIXED, 3, 9);

        assertThat(sampler().suggest(new Problem(MIXED, Direction.MAXIMIZE, 3), new History(nine, List.of()), 9))
                .isEqualTo(new SobolSampler().suggest(new Problem(MIXED, Direction.MAXIMIZE, 3), History.empty(), 9));
    }

    @Test
    void searchesWhereTrialsWereGood() {
        History history = line(i -> new Outcome.Complete(Math.abs(i - 6)));

        assertThat(mean(history, Direction.MINIMIZE)).isBetween(0.15, 0.3);
        assertThat(mean(history, Direction.MAXIMIZE)).isGreaterThan(0.7);
    }

    @Test
    void avoidsWhatFailed() {
        History history = line(i -> i < 15 ? new Outcome.Failed("NaN") : new Outcome.Complete(1));

        assertThat(mean(history, Direction.MINIMIZE)).isGreaterThan(0.5);
    }

    @Test
    void prefersCompleteTrialsToPrunedOnesAndThoseThatGotFarther() {
        History complete = line(i -> i < 3 ? new Outcome.Complete(9) : new Outcome.Pruned(50, 0));
        History farther = line(i -> new Outcome.Pruned(i < 3 ? 50 : 10, i < 3 ? 9 : 0));

        assertThat(mean(complete, Direction.MINIMIZE)).isLessThan(0.2);
        assertThat(mean(farther, Direction.MINIMIZE)).isLessThan(0.2);
    }

    /** The constant liar: where others are searching already is no place to search. */
    @Test
    void keepsAwayFromPendingTrials() {
        History alone = line(i -> new Outcome.Complete(Math.abs(i - 6)));
        List<Trial> pending = IntStream.range(0, 20)
                .mapToObj(i -> pending(TRIALS + i, Params.of(Map.of("x", 0.2 + i * 0.0001))))
                .toList();
        History crowded = new History(alone.finished(), pending);

        assertThat(near(crowded)).isLessThan(near(alone) / 2);
    }

    /** Trials at 0, 1/30, 2/30 and so on. */
    private static History line(IntFunction<Outcome> outcome) {
        return new History(
                IntStream.range(0, TRIALS)
                        .mapToObj(i -> finished(i, Params.of(Map.of("x", i / (double) TRIALS)), outcome.apply(i)))
                        .toList(),
                List.of());
    }

    private double mean(History history, Direction direction) {
        return IntStream.range(100, 200)
                .mapToDouble(number -> sampler()
                        .suggest(new Problem(LINE, direction, 1), history, number)
                        .number("x"))
                .average()
                .orElseThrow();
    }

    private long near(History history) {
        return IntStream.range(100, 300)
                .filter(number -> Math.abs(sampler()
                                        .suggest(new Problem(LINE, Direction.MINIMIZE, 1), history, number)
                                        .number("x")
                                - 0.2)
                        < 0.02)
                .count();
    }
}

package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupTest {
    private static final Problem PROBLEM =
            new Problem(SearchSpace.of(FloatParameter.uniform("x", 0, 1)), Direction.MINIMIZE, 1);

    @ParameterizedTest
    @CsvSource({
        "0, 9, 0, true",
        "0, 10, 0, false",
        "0, 9, 30, true", // what runs tells nothing yet
        "6, 3, 0, true",
        "6, 4, 0, false",
        "2, 7, 0, true",
        "2, 8, 0, false",
        "40, 3, 8, true",
    })
    void lastsUntilThereIsEnoughForAProcess(int given, int finished, int pending, boolean goesOn) {
        History history = new History(
                trials(0, finished, Optional.of(new Outcome.Complete(1))), trials(finished, pending, Optional.empty()));

        assertThat(Startup.goesOnOfProcess(PROBLEM.withGiven(given), history)).isEqualTo(goesOn);
    }

    private static List<Trial> trials(int from, int count, Optional<Outcome> outcome) {
        return IntStream.range(from, from + count)
                .mapToObj(number ->
                        new Trial(number, Params.empty(), outcome, Instant.EPOCH, outcome.map(ended -> Instant.EPOCH)))
                .toList();
    }
}

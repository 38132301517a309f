package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.run.Search;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeToQualityTest {

    /** Random studies take a second a trial and come to 0.6; of ours, one does after its third second, the other never. */
    @Test
    void countsUntilTheTargetIsTold() throws Exception {
        List<List<String>> asked = new ArrayList<>();

        Report report = new TimeToQuality(4, 2, 1)
                .measure(
                        "made up",
                        settings -> {
                            asked.add(settings);
                            return settings.contains("sampler=random")
                                    ? study(0.5, 0.6, 0.4, 0.5)
                                    : settings.contains("pruner=asha")
                                            ? study(0.4, 0.5, 0.6)
                                            : study(0.4, 0.5, 0.5, 0.5);
                        },
                        new TimeToQuality.Peer() {
                            @Override
                            public String name() {
                                return "peer";
                            }

                            @Override
                            public double seconds(List<Trial> trials) {
                                return 5 * trials.size();
                            }
                        },
                        List.of(List.of("pruner=asha"), List.of("pruner=none")));

        assertThat(asked)
                .containsExactly(
                        List.of("sampler=random", "pruner=none", "portfolio=false", "seed=1", "trials=4"),
                        List.of("pruner=asha", "stop.target=0.6", "seed=1", "trials=4"),
                        List.of("pruner=none", "stop.target=0.6", "seed=1", "trials=4"));
        assertThat(report.json().get("random_seconds").asDouble()).isEqualTo(4);
        assertThat(report.json().get("peer_seconds").asDouble()).isEqualTo(20);
        assertThat(report.json().get("contestants"))
                .extracting(
                        (JsonNode ours) -> ours.get("reached").asInt(),
                        ours -> ours.get("trials").asInt(),
                        ours -> ours.get("seconds").asDouble())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, 3, 3.0),
                        org.assertj.core.groups.Tuple.tuple(0, 4, Double.POSITIVE_INFINITY));
    }

    private static Search.Result study(double... values) {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            trials.add(new Trial(
                    i,
                    Params.empty(),
                    Optional.of(new Outcome.Complete(values[i])),
                    Instant.ofEpochSecond(i),
                    Optional.of(Instant.ofEpochSecond(i + 1))));
        }
        History history = new History(trials, List.of());
        return new Search.Result(
                "study",
                "",
                Direction.MAXIMIZE,
                history.best(Direction.MAXIMIZE).orElseThrow(),
                history);
    }
}

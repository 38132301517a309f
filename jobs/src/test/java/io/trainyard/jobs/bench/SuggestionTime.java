package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.sampler.GpSampler;
import io.trainyard.tuning.sampler.SobolSampler;
import io.trainyard.tuning.sampler.TpeSampler;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Trial;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How long a sampler takes for one suggestion in a long study.
 *
 * @param finished trials that have ended
 * @param parameters of the space, every third a whole number
 */
record SuggestionTime(int finished, int parameters, int runs) {
    private static final int WARM_UPS = 50;

    Report measure() {
        SearchSpace space = new SearchSpace(IntStream.range(0, parameters)
                .<Parameter>mapToObj(i ->
                        i % 3 == 2 ? IntParameter.uniform("x" + i, -10, 10) : FloatParameter.uniform("x" + i, -5, 5))
                .toList());
        Problem problem = new Problem(space, Direction.MINIMIZE, 1);
        History history = new History(
                IntStream.range(0, finished)
                        .mapToObj(number -> ended(number, new SobolSampler().suggest(problem, History.empty(), number)))
                        .toList(),
                List.of());
        Table table = new Table("sampler", "milliseconds a suggestion (median of %d)".formatted(runs));
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("bench", "suggestion-time")
                .put("finished", finished)
                .put("parameters", parameters);
        ArrayNode results = json.putArray("results");
        samplers().forEach((name, sampler) -> {
            double milliseconds = 1000 * median(sampler, problem, history);
            table.add(name, "%.1f".formatted(milliseconds));
            results.addObject().put("sampler", name).put("milliseconds", milliseconds);
        });
        String title = "suggestion-time: %d finished trials of %d parameters\n\n".formatted(finished, parameters);
        return new Report(title + table.text(), json);
    }

    private static Map<String, Sampler> samplers() {
        Map<String, Sampler> samplers = new LinkedHashMap<>();
        samplers.put("tpe", new TpeSampler());
        samplers.put("gp", new GpSampler());
        return samplers;
    }

    private double median(Sampler sampler, Problem problem, History history) {
        for (int i = 0; i < WARM_UPS; i++) {
            sampler.suggest(problem, history, finished + i);
        }
        return RegretRatio.median(IntStream.range(0, runs)
                .mapToDouble(run -> {
                    Stopwatch stopwatch = new Stopwatch();
                    sampler.suggest(problem, history, finished + WARM_UPS + run);
                    return stopwatch.seconds();
                })
                .toArray());
    }

    private static Trial ended(int number, Params params) {
        double loss = params.values().keySet().stream()
                .mapToDouble(name -> params.number(name) * params.number(name))
                .sum();
        return new Trial(
                number, params, Optional.of(new Outcome.Complete(loss)), Instant.EPOCH, Optional.of(Instant.EPOCH));
    }
}

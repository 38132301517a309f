package io.trainyard.jobs.run;

import io.trainyard.tuning.study.Trial;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a study found about a parameter.
 *
 * @param importance its share of what matters; empty where that is not known
 * @param best its value in the best trial; empty where that does not have it
 * @param range the smallest and largest number among the best tenth of the trials; empty for words, and where none of them has it
 * @param words the words among the best tenth, the most frequent first; empty for numbers
 */
public record ParameterSummary(
        String name, Optional<Double> importance, Optional<Object> best, Optional<Range> range, List<String> words) {

    /** Both inclusive. */
    public record Range(Number low, Number high) {}

    public ParameterSummary {
        words = List.copyOf(words);
    }

    static ParameterSummary of(String name, Optional<Double> importance, List<Trial> best, List<Trial> tenth) {
        return new ParameterSummary(
                name,
                importance,
                values(name, best.stream().limit(1).toList()).findFirst(),
                range(numbers(name, tenth)),
                words(name, tenth));
    }

    /** The values of the trials that have the parameter. */
    static Stream<Object> values(String name, List<Trial> trials) {
        return trials.stream()
                .map(Trial::params)
                .filter(params -> params.has(name))
                .map(params -> params.value(name));
    }

    private static List<Number> numbers(String name, List<Trial> trials) {
        return values(name, trials)
                .filter(Number.class::isInstance)
                .map(Number.class::cast)
                .sorted(Comparator.comparingDouble(Number::doubleValue))
                .toList();
    }

    private static Optional<Range> range(List<Number> sorted) {
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Range(sorted.get(0), sorted.get(sorted.size() - 1)));
    }

    private static List<String> words(String name, List<Trial> trials) {
        Map<String, Long> counts = values(name, trials)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }
}

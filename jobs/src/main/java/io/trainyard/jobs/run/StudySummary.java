package io.trainyard.jobs.run;

import io.trainyard.tuning.sampler.Importance;
import io.trainyard.tuning.study.BestTrials;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.ParetoFront;
import io.trainyard.tuning.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a study found.
 *
 * @param outcomes how many trials ended how, by the outcome's name; in a fixed order
 * @param best the Pareto front, the best by the first metric first; of one metric the best trial alone
 * @param improvements the trials that were better by the first metric than all of lower numbers
 * @param parameters those that varied, the most important first
 */
public record StudySummary(
        Map<String, Integer> outcomes, List<Trial> best, List<Trial> improvements, List<ParameterSummary> parameters) {

    public StudySummary {
        best = List.copyOf(best);
        improvements = List.copyOf(improvements);
        parameters = List.copyOf(parameters);
    }

    public static StudySummary of(Catalog.StudyView study) {
        List<Direction> directions = study.file().directions();
        List<Trial> complete = study.history().complete();
        List<Trial> front = ParetoFront.of(complete, directions);
        List<Trial> best = directions.size() == 1 ? front.subList(0, Math.min(1, front.size())) : front;
        return new StudySummary(
                outcomes(study.history()),
                best,
                improvements(complete, directions.get(0)),
                parameters(complete, best, directions, importance(study)));
    }

    private static Map<String, Integer> outcomes(History history) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String outcome : List.of("complete", "pruned", "failed")) {
            counts.put(outcome, 0);
        }
        history.finished().forEach(trial -> counts.merge(name(trial.outcome().orElseThrow()), 1, Integer::sum));
        counts.put("pending", history.pending().size());
        return counts;
    }

    private static String name(Outcome outcome) {
        if (outcome instanceof Outcome.Complete) {
            return "complete";
        }
        return outcome instanceof Outcome.Pruned ? "pruned" : "failed";
    }

    private static List<Trial> improvements(List<Trial> complete, Direction direction) {
        List<Trial> improvements = new ArrayList<>();
        double best = direction.worst();
        for (Trial trial : complete) {
            double value = trial.value().getAsDouble();
            if (direction.better(value, best)) {
                improvements.add(trial);
                best = value;
            }
        }
        return improvements;
    }

    /** By parameter; none where the study's space was not stored or its trials are too few. */
    private static Map<String, Double> importance(Catalog.StudyView study) {
        Map<String, Double> shares = new LinkedHashMap<>();
        study.file()
                .recipe()
                .map(recipe -> Importance.of(
                        recipe.definition().space(),
                        study.file().directions(),
                        study.history().finished()))
                .ifPresent(all -> all.forEach(each -> shares.put(each.parameter(), each.share())));
        return shares;
    }

    private static List<ParameterSummary> parameters(
            List<Trial> complete, List<Trial> best, List<Direction> directions, Map<String, Double> importance) {
        List<Trial> tenth = BestTrials.of(complete, directions).best();
        TreeSet<String> names = new TreeSet<>();
        complete.forEach(trial -> names.addAll(trial.params().values().keySet()));
        return names.stream()
                .filter(name ->
                        ParameterSummary.values(name, complete).distinct().count() > 1)
                .map(name -> ParameterSummary.of(name, Optional.ofNullable(importance.get(name)), best, tenth))
                .sorted(Comparator.comparingDouble(
                        parameter -> -parameter.importance().orElse(0.0)))
                .toList();
    }
}

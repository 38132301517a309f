package io.trainyard.tuning.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The best tenth of a study's trials: what they have in common is what makes a configuration good.
 *
 * @param among all trials that ran to their end with finite values
 * @param best of them, the best first
 */
public record BestTrials(List<Trial> among, List<Trial> best) {

    private static final int SHARE = 10;

    /** Fewer have too much in common by chance. */
    private static final int FEWEST = 5;

    public BestTrials {
        among = List.copyOf(among);
        best = List.copyOf(best);
    }

    /**
     * Takes a tenth, at least five and all that are as good as the last of them. By several metrics, these are the trials of the
     * Pareto front, then of the front without those, and so on.
     */
    public static BestTrials of(List<Trial> trials, List<Direction> directions) {
        List<Trial> among = trials.stream()
                .filter(trial -> trial.value().isPresent())
                .filter(trial -> trial.values().stream().allMatch(Double::isFinite))
                .toList();
        int wanted = Math.min(among.size(), Math.max(FEWEST, (among.size() + SHARE - 1) / SHARE));
        return new BestTrials(
                among,
                directions.size() == 1 ? top(among, directions.get(0), wanted) : fronts(among, directions, wanted));
    }

    private static List<Trial> top(List<Trial> among, Direction direction, int wanted) {
        List<Trial> ranked = among.stream()
                .sorted(Comparator.comparingDouble(
                        trial -> direction.loss(trial.value().getAsDouble())))
                .toList();
        return ranked.stream()
                .filter(trial -> !direction.better(
                        ranked.get(wanted - 1).value().getAsDouble(),
                        trial.value().getAsDouble()))
                .toList();
    }

    private static List<Trial> fronts(List<Trial> among, List<Direction> directions, int wanted) {
        Set<Trial> best = new LinkedHashSet<>();
        while (best.size() < wanted) {
            List<Trial> rest = new ArrayList<>(among);
            rest.removeAll(best);
            best.addAll(ParetoFront.of(rest, directions));
        }
        return List.copyOf(best);
    }
}

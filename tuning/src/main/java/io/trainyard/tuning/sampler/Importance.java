package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.BestTrials;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much a parameter matters for being among the best trials: how far its values there lie from its values in all trials
 * (PED-ANOVA, Watanabe, Bansal and Hutter 2023, arXiv 2304.10255).
 *
 * <p>The measure is the Pearson divergence of the two densities. A parameter with a condition is judged by the trials that have it, and
 * weighs by the square of their share among the best over their share among all (arXiv 2601.20800, theorem 4.2), as in Optuna 5.
 * Unlike there, the best are at least five trials. It says what mattered during the study: what was searched narrowly cannot show.
 *
 * @param share of all that matters; the shares of a study add up to 1
 */
public record Importance(String parameter, double share) {

    private static final int FEWEST_TRIALS = 10;

    /** Densities are compared by their quotient, which must exist. */
    private static final double SMALLEST_DENSITY = 1e-12;

    /**
     * The importance of every parameter that has more than one value, the most important first.
     *
     * @param trials of the study; those that did not run to their end, or have no finite value, are left out
     * @return empty when fewer than ten are left, or none is better than another
     */
    public static List<Importance> of(SearchSpace space, List<Direction> directions, List<Trial> trials) {
        BestTrials ranked = BestTrials.of(trials, directions);
        if (ranked.among().size() < FEWEST_TRIALS) {
            return List.of();
        }
        List<Importance> raw = space.parameters().stream()
                .filter(parameter -> parameter.size().orElse(Long.MAX_VALUE) > 1)
                .map(parameter -> new Importance(parameter.name(), weigh(parameter, ranked)))
                .toList();
        double total = raw.stream().mapToDouble(Importance::share).sum();
        return total == 0 ? List.of() : normalised(raw, total);
    }

    private static List<Importance> normalised(List<Importance> raw, double total) {
        List<Importance> shares = new ArrayList<>();
        raw.forEach(each -> shares.add(new Importance(each.parameter(), each.share() / total)));
        shares.sort(Comparator.comparingDouble(Importance::share).reversed());
        return List.copyOf(shares);
    }

    private static double weigh(Parameter parameter, BestTrials ranked) {
        List<Params> best = having(parameter, ranked.best());
        List<Params> all = having(parameter, ranked.among());
        if (best.isEmpty() || all.size() < 2) {
            return 0;
        }
        double bestShare = (double) best.size() / ranked.best().size();
        double allShare = (double) all.size() / ranked.among().size();
        Cells cells = Cells.of(parameter);
        return bestShare * bestShare / allShare * divergence(cells.density(best), cells.density(all));
    }

    private static List<Params> having(Parameter parameter, List<Trial> trials) {
        return trials.stream()
                .map(Trial::params)
                .filter(params -> params.has(parameter.name()))
                .toList();
    }

    private static double divergence(double[] best, double[] all) {
        double sum = 0;
        for (int cell = 0; cell < all.length; cell++) {
            double density = all[cell] + SMALLEST_DENSITY;
            double excess = (best[cell] + SMALLEST_DENSITY) / density - 1;
            sum += density * excess * excess;
        }
        return sum;
    }
}

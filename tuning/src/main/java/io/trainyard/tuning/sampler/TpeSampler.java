package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Tree-structured Parzen estimator (Bergstra et al. 2011; Watanabe, arXiv 2304.11127), with the defaults of Optuna 5:
 * multivariate, by groups in a conditional space, and pending trials taken for bad ones so that parallel workers spread
 * ("constant liar"). Begins with a Sobol sequence.
 *
 * <p>Complete trials are ranked by value; pruned ones come after them, those that got farther first; failed ones last.
 */
public final class TpeSampler implements Sampler {

    private static final int STARTUP_TRIALS = 10;
    private static final int CANDIDATES = 24;
    /** Good are the best tenth of the finished trials, rounded up, and no more than these. */
    private static final int LARGEST_GOOD = 25;

    private final Sampler startup = new SobolSampler();

    @Override
    public Params suggest(SearchSpace space, History history, Direction direction, long seed, int number) {
        if (history.finished().size() < STARTUP_TRIALS) {
            return startup.suggest(space, history, direction, seed, number);
        }
        RandomGenerator random = RandomStream.of(seed, number, "tpe");
        Split split = Split.of(history, direction);
        Params params = Params.empty();
        for (List<Parameter> group : space.groups()) {
            if (space.isActive(group.get(0), params)) {
                params = extend(withFixed(params, group), searched(group), split, random);
            }
        }
        return Untried.orElse(params, space, history, random);
    }

    private static Params withFixed(Params params, List<Parameter> group) {
        Params fixed = params;
        for (Parameter parameter : group) {
            if (isFixed(parameter)) {
                fixed = fixed.with(parameter.name(), parameter.value(0));
            }
        }
        return fixed;
    }

    private static List<Parameter> searched(List<Parameter> group) {
        return group.stream().filter(parameter -> !isFixed(parameter)).toList();
    }

    private static boolean isFixed(Parameter parameter) {
        return parameter.size().orElse(Long.MAX_VALUE) == 1;
    }

    /** Adds the group's values: of those likely among good trials, the ones that are least likely among bad trials. */
    private static Params extend(Params params, List<Parameter> group, Split split, RandomGenerator random) {
        if (group.isEmpty()) {
            return params;
        }
        ParzenEstimator good = ParzenEstimator.fit(group, having(group, split.good()));
        ParzenEstimator bad = ParzenEstimator.fit(group, having(group, split.bad()));
        Params best = params;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < CANDIDATES; i++) {
            Params candidate = good.draw(params, random);
            double score = good.logDensity(candidate) - bad.logDensity(candidate);
            if (i == 0 || score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    private static List<Params> having(List<Parameter> group, List<Trial> trials) {
        return trials.stream()
                .map(Trial::params)
                .filter(params -> params.has(group.get(0).name()))
                .toList();
    }

    /** The trials in two, each in number order, which is the order of fading. */
    private record Split(List<Trial> good, List<Trial> bad) {

        static Split of(History history, Direction direction) {
            List<Trial> ranked = history.finished().stream()
                    .sorted(Comparator.comparing(
                            trial -> Rank.of(trial.outcome().orElseThrow(), direction)))
                    .toList();
            int size = Math.min((ranked.size() + 9) / 10, LARGEST_GOOD);
            List<Trial> bad = new ArrayList<>(ranked.subList(size, ranked.size()));
            bad.addAll(history.pending());
            return new Split(inOrder(ranked.subList(0, size)), inOrder(bad));
        }

        private static List<Trial> inOrder(List<Trial> trials) {
            return trials.stream()
                    .sorted(Comparator.comparingInt(Trial::number))
                    .toList();
        }
    }

    /** Where an outcome stands: less is better. */
    private record Rank(int kind, int step, double loss) implements Comparable<Rank> {

        private static final Comparator<Rank> ORDER = Comparator.comparingInt(Rank::kind)
                .thenComparing(Comparator.comparingInt(Rank::step).reversed())
                .thenComparingDouble(Rank::loss);

        static Rank of(Outcome outcome, Direction direction) {
            if (outcome instanceof Outcome.Complete complete) {
                return new Rank(0, 0, direction.loss(complete.value()));
            }
            if (outcome instanceof Outcome.Pruned pruned) {
                return new Rank(1, pruned.step(), direction.loss(pruned.value()));
            }
            return new Rank(2, 0, 0);
        }

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }
}

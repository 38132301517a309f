package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Tree-structured Parzen estimator (Bergstra et al. 2011; Watanabe, arXiv 2304.11127), as Optuna 5 has it: multivariate, by
 * groups in a conditional space, and pending trials taken for bad ones so that parallel workers spread ("constant liar"). Unlike
 * there, kernels of good trials are narrower in few dimensions, and more candidates are drawn; both found lower values on the
 * functions of the benchmark {@code sampler-quality}. Begins with a Sobol sequence.
 *
 * <p>Complete trials are ranked by their first value; pruned ones come after them, those that got farther first; failed ones last.
 */
public final class TpeSampler implements Sampler {

    private static final int CANDIDATES = 128;
    /** How often a whole point is drawn that the constraints may refuse, though its parts were admitted. */
    private static final int ATTEMPTS = 20;
    /** Good are the best tenth of the finished trials, rounded up, and no more than these. */
    private static final int LARGEST_GOOD = 25;

    /** So many parameters together need kernels as wide as Optuna's; of fewer, narrower ones find the optimum more closely. */
    private static final double FULL_WIDTH = 10;

    private static final double NARROWEST = 0.2;

    private final Sampler startup = new SobolSampler();

    @Override
    public Params suggest(Problem problem, History history, int number) {
        if (Startup.goesOn(history)) {
            return startup.suggest(problem, history, number);
        }
        SearchSpace space = problem.space();
        RandomGenerator random = RandomStream.of(problem.seed(), number, "tpe");
        Split split = Split.of(history, problem.direction());
        Params params = draw(space, split, random);
        for (int attempt = 1; attempt < ATTEMPTS && !space.admits(params); attempt++) {
            params = draw(space, split, random);
        }
        return Untried.orElse(params, space, history, random);
    }

    private static Params draw(SearchSpace space, Split split, RandomGenerator random) {
        Params params = Params.empty();
        for (List<Parameter> group : space.groups()) {
            if (space.isActive(group.get(0), params)) {
                params = extend(space, withFixed(params, group), searched(group), split, random);
            }
        }
        return params;
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
    private static Params extend(
            SearchSpace space, Params params, List<Parameter> group, Split split, RandomGenerator random) {
        if (group.isEmpty()) {
            return params;
        }
        double narrowest = Math.max(NARROWEST, Math.min(1, group.size() / FULL_WIDTH));
        ParzenEstimator good = ParzenEstimator.fit(group, having(group, split.good()), narrowest);
        ParzenEstimator bad = ParzenEstimator.fit(group, having(group, split.bad()), 1);
        Params best = good.draw(params, random);
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < CANDIDATES; i++) {
            Params candidate = i == 0 ? best : good.draw(params, random);
            if (!space.admits(candidate)) {
                continue;
            }
            double score = good.logDensity(candidate) - bad.logDensity(candidate);
            if (score > bestScore) {
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

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
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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

    /** Of more bad trials, these many are taken in even steps: all would take longer, and hardly change the density. */
    private static final int MOST_BAD = 500;

    private static final Comparator<Trial> BY_NUMBER = (one, other) -> Integer.compare(one.number(), other.number());

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
            int size = Math.min((history.finished().size() + 9) / 10, LARGEST_GOOD);
            List<Trial> good = best(size, history.finished(), direction);
            BitSet taken = new BitSet();
            good.forEach(trial -> taken.set(trial.number()));
            List<Trial> bad = new ArrayList<>();
            for (Trial trial : history.finished()) {
                if (!taken.get(trial.number())) {
                    bad.add(trial);
                }
            }
            bad.addAll(history.pending());
            bad.sort(BY_NUMBER);
            return new Split(good, spread(bad));
        }

        private record Ranked(Rank rank, Trial trial) {
            /** Of equals the earlier one is better. */
            static final Comparator<Ranked> WORST_FIRST = (one, other) -> {
                int order = other.rank.compareTo(one.rank);
                return order != 0 ? order : Integer.compare(other.trial.number(), one.trial.number());
            };
        }

        /** One pass: a long study has many trials for few good ones. */
        private static List<Trial> best(int size, List<Trial> trials, Direction direction) {
            PriorityQueue<Ranked> best = new PriorityQueue<>(Ranked.WORST_FIRST);
            for (Trial trial : trials) {
                Ranked ranked = new Ranked(Rank.of(trial.outcome().orElseThrow(), direction), trial);
                if (best.size() < size) {
                    best.add(ranked);
                } else if (Ranked.WORST_FIRST.compare(ranked, best.peek()) > 0) {
                    best.remove();
                    best.add(ranked);
                }
            }
            return best.stream().map(Ranked::trial).sorted(BY_NUMBER).toList();
        }

        private static List<Trial> spread(List<Trial> trials) {
            int size = trials.size();
            return size <= MOST_BAD
                    ? trials
                    : IntStream.range(0, MOST_BAD)
                            .mapToObj(i -> trials.get((int) ((long) (i + 1) * size / MOST_BAD) - 1))
                            .toList();
        }
    }

    /** Where an outcome stands: less is better. */
    private record Rank(int kind, int step, double loss) implements Comparable<Rank> {

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
            if (kind != other.kind) {
                return Integer.compare(kind, other.kind);
            }
            return step != other.step ? Integer.compare(other.step, step) : Double.compare(loss, other.loss);
        }
    }
}

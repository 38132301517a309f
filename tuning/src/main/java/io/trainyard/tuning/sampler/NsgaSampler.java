package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Trial;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * NSGA-II (Deb et al. 2002) for several metrics. There are no generations, for which parallel workers would wait: the parents of
 * each trial are chosen among the best of all that ended before it. Begins with a Sobol sequence.
 */
public final class NsgaSampler implements Sampler {

    private static final int POPULATION = 20;
    private static final double CROSSOVER = 0.9;
    private static final int ATTEMPTS = 20;
    /** Eta of polynomial mutation: a larger one moves less far. */
    private static final double MUTATION_INDEX = 10;

    private final Sampler startup = new SobolSampler();

    @Override
    public Params suggest(Problem problem, History history, int number) {
        List<Trial> complete = history.complete();
        if (complete.size() < POPULATION / 2
                || history.finished().size() + history.pending().size() < POPULATION) {
            return startup.suggest(problem, history, number);
        }
        RandomGenerator random = RandomStream.of(problem.seed(), number, "nsga2");
        SearchSpace space = problem.space();
        UnitCube cube = new UnitCube(space);
        List<Params> parents = parents(complete, problem);
        Params child = child(parents, cube, random);
        for (int attempt = 1; attempt < ATTEMPTS && !(space.admits(child) && !history.tried(child)); attempt++) {
            child = child(parents, cube, random);
        }
        return Untried.orElse(child, space, history, random);
    }

    /** The best, the best first. */
    private static List<Params> parents(List<Trial> complete, Problem problem) {
        double[][] losses =
                complete.stream().map(trial -> losses(trial.values(), problem)).toArray(double[][]::new);
        return Arrays.stream(NonDominatedSort.order(losses))
                .limit(POPULATION)
                .mapToObj(i -> complete.get(i).params())
                .toList();
    }

    private static double[] losses(List<Double> values, Problem problem) {
        double[] losses = new double[problem.directions().size()];
        for (int metric = 0; metric < losses.length; metric++) {
            losses[metric] = problem.directions().get(metric).loss(values.get(metric));
        }
        return losses;
    }

    private static Params child(List<Params> parents, UnitCube cube, RandomGenerator random) {
        Params first = parents.get(tournament(parents.size(), random));
        Params second = parents.get(tournament(parents.size(), random));
        boolean crossed = random.nextDouble() < CROSSOVER;
        double[] one = cube.encode(first);
        double[] other = cube.encode(second);
        double[] child = new double[cube.dimension()];
        for (int d = 0; d < child.length; d++) {
            boolean ofOther = crossed && random.nextBoolean();
            boolean known = cube.active(d, ofOther ? second : first);
            child[d] = known ? (ofOther ? other[d] : one[d]) : anywhere(cube, d, random);
            if (random.nextDouble() < 1.0 / child.length) {
                child[d] = mutated(child[d], cube, d, random);
            }
        }
        return cube.decode(child);
    }

    /** Of two drawn, the better one. */
    private static int tournament(int size, RandomGenerator random) {
        return Math.min(random.nextInt(size), random.nextInt(size));
    }

    private static double anywhere(UnitCube cube, int dimension, RandomGenerator random) {
        return cube.categorical(dimension)
                ? random.nextInt(cube.values(dimension).orElseThrow())
                : random.nextDouble();
    }

    /** Polynomial mutation (Deb and Goyal 1996) of a number; of a choice, another draw. */
    private static double mutated(double place, UnitCube cube, int dimension, RandomGenerator random) {
        if (cube.categorical(dimension)) {
            return anywhere(cube, dimension, random);
        }
        double uniform = random.nextDouble();
        double power = 1 / (MUTATION_INDEX + 1);
        double move =
                uniform < 0.5 ? StrictMath.pow(2 * uniform, power) - 1 : 1 - StrictMath.pow(2 * (1 - uniform), power);
        return Math.max(0, Math.min(UnitCube.END, place + move));
    }
}

package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Looks for the point of a space where the expected improvement is largest: among points from everywhere and from around the best
 * ones, then uphill from the most promising, by turns along the gradient of what is continuous and value by value of the rest.
 */
final class AcquisitionSearch {

    private static final int EVERYWHERE = 500;
    private static final int AROUND_BEST = 300;
    private static final int CLIMBS = 6;
    private static final int TURNS = 3;
    private static final double GAIN_WORTH_A_TURN = 1e-6;
    private static final BoxMinimizer ALONG_GRADIENT = new BoxMinimizer(30, 1e-4);

    /** A point near a good one differs in at least one coordinate, and in this share of the others. */
    private static final double CHANGED_SHARE = 0.3;

    /** Distances to a good point are log-uniform between this and a thousandth of it. */
    private static final double LARGEST_MOVE = 0.3;

    /** So many values of a parameter are all tried. */
    private static final int FEW_VALUES = 16;

    private final SearchSpace space;
    private final UnitCube cube;
    private final LogExpectedImprovement improvement;
    private final RandomGenerator random;

    AcquisitionSearch(SearchSpace space, UnitCube cube, LogExpectedImprovement improvement, RandomGenerator random) {
        this.space = space;
        this.cube = cube;
        this.improvement = improvement;
        this.random = random;
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Candidate(double[] point, Params params, double improvement) {
        static final Comparator<Candidate> BEST_FIRST =
                Comparator.comparingDouble(Candidate::improvement).reversed();
    }

    /**
     * The best point that the constraints admit and that was not tried.
     *
     * @param centres the best points so far, best first
     */
    Params next(List<double[]> centres, History history) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < EVERYWHERE; i++) {
            candidates.add(candidate(Untried.draw(space, random)));
        }
        for (int i = 0; i < AROUND_BEST; i++) {
            Params near = near(centres.get(i % centres.size()));
            if (space.admits(near)) {
                candidates.add(candidate(near));
            }
        }
        candidates.sort(Candidate.BEST_FIRST);
        List<Candidate> found = new ArrayList<>(candidates);
        candidates.stream().limit(CLIMBS - 1).map(this::climb).forEach(found::add);
        found.add(climb(candidate(cube.decode(centres.get(0)))));
        found.sort(Candidate.BEST_FIRST);
        Set<Params> tried = Untried.tried(history);
        Params best = found.stream()
                .map(Candidate::params)
                .filter(params -> !tried.contains(params))
                .findFirst()
                .orElse(found.get(0).params());
        return Untried.orElse(best, space, history, random);
    }

    private Params near(double[] centre) {
        double[] point = centre.clone();
        double move = LARGEST_MOVE * StrictMath.pow(10, -3 * random.nextDouble());
        int changed = random.nextInt(point.length);
        for (int d = 0; d < point.length; d++) {
            if (d != changed && random.nextDouble() >= CHANGED_SHARE) {
                continue;
            }
            if (!cube.categorical(d)) {
                point[d] = within(point[d] + move * RandomStream.gaussian(random));
            } else if (point[d] >= 0 && random.nextBoolean()) {
                point[d] = random.nextInt(cube.values(d).orElseThrow());
            }
        }
        return cube.decode(point);
    }

    private Candidate climb(Candidate start) {
        Candidate best = start;
        for (int turn = 0; turn < TURNS; turn++) {
            Candidate higher = valueByValue(alongGradient(best));
            boolean worthAnother = higher.improvement() > best.improvement() + GAIN_WORTH_A_TURN;
            best = better(best, higher);
            if (!worthAnother) {
                break;
            }
        }
        return best;
    }

    private Candidate alongGradient(Candidate start) {
        double[] low = start.point().clone();
        double[] high = start.point().clone();
        for (int d = 0; d < low.length; d++) {
            if (cube.values(d).isEmpty() && cube.active(d, start.params())) {
                low[d] = 0;
                high[d] = UnitCube.END;
            }
        }
        if (Arrays.equals(low, high)) {
            return start;
        }
        double[] end =
                ALONG_GRADIENT.minimize(this::negated, start.point(), low, high).point();
        return better(start, cube.decode(end));
    }

    private double negated(double[] point, double[] gradient) {
        double value = improvement.at(point, gradient);
        for (int d = 0; d < gradient.length; d++) {
            gradient[d] = -gradient[d];
        }
        return -value;
    }

    private Candidate valueByValue(Candidate start) {
        Candidate best = start;
        for (int d = 0; d < cube.dimension(); d++) {
            OptionalInt values = cube.values(d);
            if (values.isPresent() && cube.active(d, best.params())) {
                best = values.getAsInt() <= FEW_VALUES || cube.categorical(d)
                        ? ofAll(best, d, values.getAsInt())
                        : bySteps(best, d, values.getAsInt());
            }
        }
        return best;
    }

    private Candidate ofAll(Candidate start, int dimension, int values) {
        Candidate best = start;
        for (int value = 0; value < values; value++) {
            best = moved(best, dimension, cube.place(dimension, value));
        }
        return best;
    }

    /** By steps that halve, down to the next value. */
    private Candidate bySteps(Candidate start, int dimension, int values) {
        Candidate best = start;
        for (double step = 0.25; step * values > 0.5; step /= 2) {
            best = moved(best, dimension, within(best.point()[dimension] - step));
            best = moved(best, dimension, within(best.point()[dimension] + step));
        }
        return best;
    }

    private Candidate moved(Candidate best, int dimension, double place) {
        double[] point = best.point().clone();
        point[dimension] = place;
        return better(best, cube.decode(point));
    }

    private Candidate better(Candidate best, Params other) {
        return other.equals(best.params()) || !space.admits(other) ? best : better(best, candidate(other));
    }

    private static Candidate better(Candidate one, Candidate other) {
        return other.improvement() > one.improvement() ? other : one;
    }

    private Candidate candidate(Params params) {
        double[] point = cube.encode(params);
        return new Candidate(point, params, improvement.at(point));
    }

    private static double within(double place) {
        return Math.max(0, Math.min(UnitCube.END, place));
    }
}

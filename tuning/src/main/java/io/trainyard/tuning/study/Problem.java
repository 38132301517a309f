package io.trainyard.tuning.study;

import io.trainyard.tuning.space.SearchSpace;
import java.util.List;

/**
 * What is searched for, as samplers and pruners see it.
 *
 * @param directions of the metrics, the first of which decides where one must; several make a search for a Pareto front
 * @param fidelity in which steps trials may report
 * @param seed of all draws
 * @param given how many of the first trials somebody named, because they are good elsewhere; samplers suggest those after them
 */
public record Problem(SearchSpace space, List<Direction> directions, Fidelity fidelity, long seed, int given) {

    public Problem {
        directions = List.copyOf(directions);
        if (directions.isEmpty()) {
            throw new IllegalArgumentException("Cannot search without a metric: give the direction of at least one");
        }
    }

    public Problem(SearchSpace space, List<Direction> directions, long seed) {
        this(space, directions, Fidelity.none(), seed, 0);
    }

    public Problem(SearchSpace space, Direction direction, long seed) {
        this(space, List.of(direction), seed);
    }

    public Problem(SearchSpace space, List<Direction> directions, Fidelity fidelity, long seed) {
        this(space, directions, fidelity, seed, 0);
    }

    public Problem withFidelity(Fidelity steps) {
        return new Problem(space, directions, steps, seed, given);
    }

    public Problem withGiven(int trials) {
        return new Problem(space, directions, fidelity, seed, trials);
    }

    /** The first metric's direction. */
    public Direction direction() {
        return directions.get(0);
    }
}

package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Grid;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.StudyException;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Keeps samplers to points that the constraints admit, and in a finite space from suggesting one of them twice. */
final class Untried {

    private static final int DRAWS = 10_000;
    /** A larger grid is not walked through to its end for one point that is admitted and new. */
    private static final long LONGEST_WALK = 1_000_000;

    private Untried() {}

    /** The points of all trials. */
    static Set<Params> tried(History history) {
        Set<Params> tried = new HashSet<>();
        Stream.concat(history.finished().stream(), history.pending().stream())
                .forEach(trial -> tried.add(trial.params()));
        return tried;
    }

    /**
     * A random point that the constraints admit.
     *
     * @throws StudyException when there is none among very many
     */
    static Params draw(SearchSpace space, RandomGenerator random) {
        for (int i = 0; i < DRAWS; i++) {
            Params params = space.at(random.doubles(space.parameters().size()).toArray());
            if (space.admits(params)) {
                return params;
            }
        }
        throw new StudyException(
                "Cannot find a point of the space: none of %d random ones fulfils %s. Widen the constraints"
                        .formatted(DRAWS, space.constraints()));
    }

    /**
     * The suggestion where it is admitted, and new or the space not finite; else another point, in a finite space the first that
     * will do from a random place of the grid on.
     */
    static Params orElse(Params suggestion, SearchSpace space, History history, RandomGenerator random) {
        OptionalLong size = new Grid(space).size();
        if (size.isEmpty()) {
            return space.admits(suggestion) ? suggestion : draw(space, random);
        }
        if (space.admits(suggestion) && !history.tried(suggestion)) {
            return suggestion;
        }
        return from(random.nextLong(size.getAsLong()), space, history);
    }

    /**
     * The first new point of the grid from an index on and round; where all were tried, the first one.
     *
     * @throws StudyException when the constraints admit none
     */
    static Params from(long start, SearchSpace space, History history) {
        Grid grid = new Grid(space);
        long size = grid.size().orElseThrow();
        Set<Params> tried = tried(history);
        Params first = null;
        for (long offset = 0; offset < Math.min(size, tried.size() + LONGEST_WALK); offset++) {
            Params point = grid.point((start + offset) % size);
            if (space.admits(point)) {
                if (!tried.contains(point)) {
                    return point;
                }
                first = first == null ? point : first;
            }
        }
        if (first == null) {
            throw new StudyException(
                    "Cannot find a point of the space: none of its grid fulfils %s. Widen the constraints"
                            .formatted(space.constraints()));
        }
        return first;
    }
}

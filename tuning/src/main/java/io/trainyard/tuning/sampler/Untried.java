package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Grid;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.History;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Keeps samplers from suggesting a point of a finite space twice: a trial run again would have the same outcome. */
final class Untried {

    private Untried() {}

    /** The suggestion where it is new or the space is not finite; else a new point, from a random place of the grid on. */
    static Params orElse(Params suggestion, SearchSpace space, History history, RandomGenerator random) {
        Grid grid = new Grid(space);
        OptionalLong size = grid.size();
        if (size.isEmpty() || !history.tried(suggestion)) {
            return suggestion;
        }
        return from(random.nextLong(size.getAsLong()), grid, history);
    }

    /** The first new point of the grid from an index on and round; the point at the index when all were tried. */
    static Params from(long start, Grid grid, History history) {
        long size = grid.size().orElseThrow();
        Set<Params> tried = new HashSet<>();
        history.finished().forEach(trial -> tried.add(trial.params()));
        history.pending().forEach(trial -> tried.add(trial.params()));
        for (long offset = 0; offset < Math.min(size, tried.size() + 1L); offset++) {
            Params point = grid.point((start + offset) % size);
            if (!tried.contains(point)) {
                return point;
            }
        }
        return grid.point(start);
    }
}

package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.space.Grid;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.StudyException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridSamplerTest extends SamplerContract {

    @Override
    Sampler sampler() {
        return new GridSampler();
    }

    @Override
    SearchSpace space() {
        return FINITE;
    }

    @Override
    boolean searches(SearchSpace space) {
        return new Grid(space).size().isPresent();
    }

    @Test
    void goesThroughTheGridInOrderAndLeavesOutWhatWasEnqueued() {
        Grid grid = new Grid(FINITE);
        History enqueued = new History(List.of(), List.of(pending(0, grid.point(1))));

        assertThat(sampler().suggest(new Problem(FINITE, Direction.MINIMIZE, 0), enqueued, 1))
                .isEqualTo(grid.point(0));
        History more = new History(List.of(), List.of(pending(0, grid.point(1)), pending(1, grid.point(0))));
        assertThat(sampler().suggest(new Problem(FINITE, Direction.MINIMIZE, 0), more, 2))
                .isEqualTo(grid.point(2));
    }

    @Test
    void namesTheContinuousParameters() {
        assertThatThrownBy(() -> sampler().suggest(new Problem(MIXED, Direction.MINIMIZE, 0), History.empty(), 0))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("[x, rate, shrink] are continuous. Give them a step");
    }
}

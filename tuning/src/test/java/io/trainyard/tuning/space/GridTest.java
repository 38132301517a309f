package io.trainyard.tuning.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GridTest {

    private static final SearchSpace BOOSTERS = SearchSpace.of(
            CategoricalParameter.of("booster", "tree", "dart", "linear"),
            IntParameter.uniform("depth", 1, 3).when(new Condition("booster", Set.of("tree", "dart"))),
            CategoricalParameter.of("normalize", "tree", "forest").when(new Condition("booster", Set.of("dart"))),
            IntParameter.uniform("drop", 1, 4).when(new Condition("normalize", Set.of("forest"))),
            IntParameter.uniform("rounds", 1, 2));

    @Test
    void countsInactiveParametersNotAtAll() {
        int tree = 3;
        int dart = 3 * (1 + 4);
        int linear = 1;

        assertThat(new Grid(BOOSTERS).size()).hasValue((tree + dart + linear) * 2L);
    }

    @Test
    void everyPointIsValidAndDifferent() {
        Grid grid = new Grid(BOOSTERS);
        List<Params> points = LongStream.range(0, grid.size().getAsLong())
                .mapToObj(grid::point)
                .toList();

        assertThat(points).doesNotHaveDuplicates().allSatisfy(BOOSTERS::check);
    }

    @Test
    void theLastParameterChangesFastest() {
        Grid grid = new Grid(SearchSpace.of(CategoricalParameter.of("a", "x", "y"), IntParameter.uniform("b", 1, 2)));

        assertThat(IntStream.range(0, 4).mapToObj(i -> grid.point(i).text()))
                .containsExactly("a=\"x\", b=1", "a=\"x\", b=2", "a=\"y\", b=1", "a=\"y\", b=2");
    }

    @Test
    void aContinuousParameterMakesItUncountable() {
        assertThat(new Grid(SearchSpace.of(FloatParameter.uniform("x", 0, 1))).size())
                .isEmpty();
    }

    @Test
    void moreThanALongHoldsIsTheLargestLong() {
        SearchSpace space = new SearchSpace(IntStream.range(0, 5)
                .<Parameter>mapToObj(i -> IntParameter.uniform("x" + i, 0, 1L << 50))
                .toList());

        assertThat(new Grid(space).size()).hasValue(Long.MAX_VALUE);
    }
}

package io.trainyard.tuning.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {

    private static final SearchSpace BOOSTERS = SearchSpace.of(
            CategoricalParameter.of("booster", "tree", "dart", "linear"),
            IntParameter.uniform("depth", 1, 3).when(new Condition("booster", Set.of("tree", "dart"))),
            CategoricalParameter.of("normalize", "tree", "forest").when(new Condition("booster", Set.of("dart"))),
            FloatParameter.uniform("drop", 0, 1).when(new Condition("normalize", Set.of("forest"))),
            FloatParameter.log("rate", 0.01, 1));

    @Test
    void aChildIsActiveWhereItsParentIsAndHasTheValue() {
        assertThat(BOOSTERS.active(Params.of(Map.of("booster", "linear"))))
                .extracting(Parameter::name)
                .containsExactly("booster", "rate");
        assertThat(BOOSTERS.active(Params.of(Map.of("booster", "dart", "normalize", "forest"))))
                .extracting(Parameter::name)
                .containsExactly("booster", "depth", "normalize", "drop", "rate");
    }

    @Test
    void groupsAreActiveTogether() {
        assertThat(BOOSTERS.groups())
                .extracting(
                        group -> group.stream().map(Parameter::name).toList().toString())
                .containsExactly("[booster, rate]", "[depth]", "[normalize]", "[drop]");
    }

    @Test
    void aConditionThatAdmitsEverythingSeparatesNothing() {
        SearchSpace space = SearchSpace.of(
                CategoricalParameter.of("a", "x", "y"),
                CategoricalParameter.of("b", "p").when(new Condition("a", Set.of("x"))),
                IntParameter.uniform("c", 0, 1).when(new Condition("b", Set.of("p"))),
                IntParameter.uniform("d", 0, 1).when(new Condition("a", Set.of("x", "y"))));

        assertThat(space.groups())
                .extracting(
                        group -> group.stream().map(Parameter::name).toList().toString())
                .containsExactly("[a, d]", "[b, c]");
    }

    @Test
    void checkAcceptsEveryPointOfItsOwn() {
        assertThatCode(() -> BOOSTERS.check(BOOSTERS.at(new double[] {0.5, 0.1, 0.9, 0.3, 0.2})))
                .doesNotThrowAnyException();
    }

    @Test
    void checkNamesWhatIsWrong() {
        assertThatThrownBy(() -> BOOSTERS.check(Params.of(Map.of("booster", "linear"))))
                .hasMessage("Parameter 'rate' has no value at {booster=\"linear\"}");
        assertThatThrownBy(() -> BOOSTERS.check(Params.of(Map.of("booster", "linear", "rate", 0.1, "depth", 2L))))
                .hasMessageContaining("Parameter 'depth' has a value but is not active at")
                .hasMessageContaining("if booster in [dart, tree]");
        assertThatThrownBy(() -> BOOSTERS.check(Params.of(Map.of("eta", 0.1))))
                .hasMessageContaining("Parameter 'eta' is not in the search space: there are [booster, depth");
        assertThatThrownBy(() -> BOOSTERS.check(Params.of(Map.of("booster", "linear", "rate", 2.0))))
                .hasMessage("Parameter 'rate' cannot be 2.0 (Double): expected a number in [0.01, 1.0] log");
    }

    @Test
    void refusesConditionsThatCannotHold() {
        IntParameter depth = IntParameter.uniform("depth", 1, 3);
        assertThatThrownBy(() -> SearchSpace.of(depth.when(new Condition("booster", Set.of("tree")))))
                .hasMessage("Cannot search parameter 'depth': its condition names 'booster', which is no categorical "
                        + "parameter declared before it: there are []");
        assertThatThrownBy(() -> SearchSpace.of(
                        CategoricalParameter.of("booster", "tree"),
                        depth.when(new Condition("booster", Set.of("trees")))))
                .hasMessageContaining("its condition names [trees], which 'booster' cannot be: it is one of [tree]");
        assertThatThrownBy(() -> new Condition("booster", Set.of())).hasMessageContaining("without values");
    }

    @Test
    void refusesDuplicatesAndNothing() {
        IntParameter depth = IntParameter.uniform("depth", 1, 3);
        assertThatThrownBy(() -> SearchSpace.of(depth, depth)).hasMessageContaining("'depth': it is declared twice");
        assertThatThrownBy(SearchSpace::of).hasMessageContaining("without parameters");
    }

    @Test
    void textIsStable() {
        assertThat(BOOSTERS.text()).isEqualTo("""
                        booster: one of [tree, dart, linear]
                        depth: int [1.0, 3.0] step 1.0 if booster in [dart, tree]
                        normalize: one of [tree, forest] if booster in [dart]
                        drop: float [0.0, 1.0] if normalize in [forest]
                        rate: float [0.01, 1.0] log""");
    }
}

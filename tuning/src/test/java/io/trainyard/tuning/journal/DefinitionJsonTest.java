package io.trainyard.tuning.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.Condition;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Concurrency;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Fidelity;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.StudyDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefinitionJsonTest {

    private static final SearchSpace SPACE = SearchSpace.of(
                    CategoricalParameter.of("learner", "tree", "linear"),
                    CategoricalParameter.ordered("size", "s", "m", "l"),
                    FloatParameter.log("rate", 0.01, 0.3).when(new Condition("learner", Set.of("tree"))),
                    new FloatParameter("share", 0, 1, false, OptionalDouble.of(0.1), Optional.empty()),
                    IntParameter.log("bins", 16, 512),
                    new IntParameter("depth", 2, 10, false, 2, Optional.empty()))
            .where("depth <= bins / 4");

    private static final StudyDefinition DEFINITION = new StudyDefinition(
            "orders",
            new Problem(SPACE, List.of(Direction.MAXIMIZE, Direction.MINIMIZE), new Fidelity(16), -7_000_000_000L),
            List.of(Params.of(
                    Map.of("learner", "tree", "size", "m", "rate", 0.1, "share", 0.1 + 0.2, "bins", 64L, "depth", 4L))),
            Budget.ofTrials(60),
            Concurrency.lockstep(4));

    @Test
    void isReadAsItWasWritten() throws Exception {
        JsonNode stored =
                new ObjectMapper().readTree(DefinitionJson.write(DEFINITION).toString());
        StudyDefinition read = DefinitionJson.read("orders", stored);

        assertThat(read).isEqualTo(DEFINITION);
        assertThat(read.identity()).isEqualTo(DEFINITION.identity());
    }

    @Test
    void namesAParameterOfANewerRelease() {
        ObjectNode json = DefinitionJson.write(DEFINITION);
        ((ObjectNode) json.at("/space/parameters/3")).put("kind", "simplex");

        assertThatThrownBy(() -> DefinitionJson.read("orders", json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter 'share' has the unknown kind 'simplex'");
    }
}

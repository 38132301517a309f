package io.trainyard.tuning.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstraintTest {

    private static final List<Parameter> PARAMETERS = List.of(
            IntParameter.uniform("depth", 1, 10),
            IntParameter.uniform("max.leaves", 1, 1000),
            FloatParameter.uniform("rate", 0, 1),
            CategoricalParameter.of("kind", "tree", "dart"));

    private static final Params POINT = Params.of(Map.of("depth", 5L, "max.leaves", 32L, "rate", 0.25, "kind", "tree"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "max.leaves <= 2 ^ depth | true",
                "max.leaves < 2 ^ depth | false",
                "-2 ^ 2 + 2 * 3 = 2 + rate * 0 * depth | true",
                "2 ^ 3 ^ 0 = 2 and depth > 0 | true",
                "depth - 1 - 1 = 3 | true",
                "depth / 2 / 5 = 0.5 | true",
                "rate * depth > 1 and rate < 0.2 or depth = 5 | true",
                "not (rate > 0.2) | false",
                "kind = 'tree' and depth != 6 | true",
                "kind != 'tree' | false",
                "max(depth, 7) = 7 and min(depth, rate) = rate | true",
                "log(depth) < 1.61 and sqrt(max.leaves) > 5.6 and abs(0 - depth) >= 5 | true"
            })
    void reads(String text, boolean holds) {
        assertThat(Constraint.parse(text, PARAMETERS).holds(POINT)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "depth <= | expected a number, a parameter or a bracket, found its end",
                "depth + 1 | expected a comparison, such as <=, found its end",
                "depth <= 2 rate | expected nothing more, or 'and', 'or', found 'rate'",
                "(depth <= 2 | expected ')', found its end",
                "width <= 2 | there is no parameter 'width': there are [depth, max.leaves, rate, kind]",
                "cos(depth) < 1 | there is no function 'cos'",
                "kind < 'tree' | words have no order",
                "kind + 1 > 2 | follows something that is no number",
                "1 < 2 | it names no parameter",
                "depth < $ | found '$'"
            })
    void saysWhatItCannotRead(String text, String problem) {
        assertThatThrownBy(() -> Constraint.parse(text, PARAMETERS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot read constraint '" + text + "': ")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"depth", "rate"})
    void saysNothingOfWhatIsNotActive(String absent) {
        Map<String, Object> some = new HashMap<>(POINT.values());
        some.remove(absent);

        assertThat(Constraint.parse("depth * rate > 100", PARAMETERS).holds(Params.of(some)))
                .isTrue();
    }
}

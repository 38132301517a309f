package io.trainyard.tuning.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterTest {

    private static final FloatParameter QUARTERS =
            new FloatParameter("share", 0, 1, false, OptionalDouble.of(0.25), Optional.empty());

    static Stream<Parameter> parameters() {
        return Stream.of(
                FloatParameter.uniform("x", -5, 10),
                FloatParameter.uniform("fixed", 3, 3),
                FloatParameter.log("rate", 1e-8, 0.3),
                FloatParameter.log("large", 1e300, 1e300),
                QUARTERS,
                new FloatParameter("tenths", 0.1, 0.9, false, OptionalDouble.of(0.1), Optional.empty()),
                IntParameter.uniform("depth", -3, 12),
                IntParameter.log("leaves", 1, 1000),
                new IntParameter("odd", 1, 9, false, 2, Optional.empty()),
                CategoricalParameter.of("booster", "gbtree", "dart"));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void everyQuantileIsAValue(Parameter parameter) {
        assertThatCode(() -> parameter.check(parameter.at(0))).doesNotThrowAnyException();
        assertThatCode(() -> parameter.check(parameter.at(Math.nextDown(1.0)))).doesNotThrowAnyException();
        new Random(1)
                .doubles(1000)
                .forEach(quantile -> assertThatCode(() -> parameter.check(parameter.at(quantile)))
                        .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void everyIndexIsADifferentValue(Parameter parameter) {
        if (parameter.size().isPresent()) {
            long size = parameter.size().getAsLong();
            Set<Object> values = Stream.iterate(0L, index -> index < size, index -> index + 1)
                    .map(parameter::value)
                    .peek(parameter::check)
                    .collect(Collectors.toSet());
            assertThat(values).hasSize((int) size);
        } else {
            assertThatThrownBy(() -> parameter.value(0)).hasMessageContaining("it is continuous");
        }
    }

    @Test
    void stepsHaveEqualShares() {
        assertThat(QUARTERS.at(0.19)).isEqualTo(0.0);
        assertThat(QUARTERS.at(0.21)).isEqualTo(0.25);
        assertThat(QUARTERS.at(0.79)).isEqualTo(0.75);
        assertThat(QUARTERS.at(0.81)).isEqualTo(1.0);
    }

    @Test
    void logScalesHalveTheRatio() {
        assertThat(FloatParameter.log("rate", 0.01, 1).at(0.5)).isEqualTo(0.1);
    }

    @Test
    void continuousValuesHaveTwelveDigits() {
        assertThat(FloatParameter.uniform("x", 0, 1).at(1 / 3.0)).isEqualTo(0.333333333333);
    }

    @Test
    void refusesRangesThatAreNone() {
        assertThatThrownBy(() -> FloatParameter.uniform("x", 2, 1))
                .hasMessage("Cannot search parameter 'x': [2.0, 1.0] is not a range: low must not be above high");
        assertThatThrownBy(() -> FloatParameter.uniform("x", 0, Double.NaN)).hasMessageContaining("[0.0, NaN]");
        assertThatThrownBy(() -> FloatParameter.log("x", 0, 1))
                .hasMessage("Cannot search parameter 'x': it is log and starts at 0.0: must start above 0");
        assertThatThrownBy(() -> IntParameter.uniform("n", 0, Long.MAX_VALUE)).hasMessageContaining("beyond 2^53");
        assertThatThrownBy(() -> IntParameter.uniform(" ", 0, 1)).hasMessageContaining("without a name");
    }

    @Test
    void refusesStepsThatDoNotFit() {
        assertThatThrownBy(() -> new IntParameter("n", 3, 10, false, 2, Optional.empty()))
                .hasMessage("Cannot search parameter 'n': high 10 is not a whole number of steps 2 above low 3: use 9");
        assertThatThrownBy(() -> new IntParameter("n", 3, 9, true, 2, Optional.empty()))
                .hasMessageContaining("it is log and has step 2");
        assertThatThrownBy(() -> new IntParameter("n", 3, 9, false, 0, Optional.empty()))
                .hasMessageContaining("its step is 0");
        assertThatThrownBy(() -> new FloatParameter("x", 0, 1, false, OptionalDouble.of(0.3), Optional.empty()))
                .hasMessageContaining("high 1.0 is not a whole number of steps 0.3 above low 0.0");
        assertThatThrownBy(() -> new FloatParameter("x", 1, 2, true, OptionalDouble.of(0.5), Optional.empty()))
                .hasMessageContaining("it is log and has a step");
    }

    @Test
    void refusesChoicesThatAreNone() {
        assertThatThrownBy(() -> CategoricalParameter.of("booster")).hasMessageContaining("it has no choices");
        assertThatThrownBy(() -> CategoricalParameter.of("booster", "dart", "dart"))
                .hasMessageContaining("[dart, dart] are not all different");
    }

    @Test
    void checkSaysWhatIsExpected() {
        assertThatThrownBy(() -> QUARTERS.check(0.3))
                .hasMessage("Parameter 'share' cannot be 0.3 (Double): expected a number in [0.0, 1.0] step 0.25");
        assertThatThrownBy(() -> IntParameter.log("leaves", 1, 9).check(10L))
                .hasMessage(
                        "Parameter 'leaves' cannot be 10 (Long): expected a whole number in [1.0, 9.0] log step 1.0");
        assertThatThrownBy(() -> CategoricalParameter.of("booster", "dart").check("linear"))
                .hasMessage("Parameter 'booster' cannot be linear (String): expected one of [dart]");
    }
}

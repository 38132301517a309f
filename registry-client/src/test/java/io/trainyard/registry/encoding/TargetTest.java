package io.trainyard.registry.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.encoding.Target.ClassTarget;
import io.trainyard.registry.encoding.Target.NumberTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void classesAreSortedAsNumbersWhenAllAre() {
        assertThat(ClassTarget.of("y", List.of("10", "9", "1")).classes()).containsExactly("1", "9", "10");
        assertThat(ClassTarget.of("y", List.of("true", "false")).classes()).containsExactly("false", "true");
    }

    @Test
    void labelsOfAnyTypeMeetTheirClass() {
        ClassTarget target = ClassTarget.of("y", List.of("0", "1"));

        assertThat(List.of(target.encode(1), target.encode(1L), target.encode(1.0), target.encode("1")))
                .containsOnly(1.0);
        assertThat(target.encode(0)).isZero();
    }

    @Test
    void thePositiveClassHasIndexOne() {
        ClassTarget target = ClassTarget.of("y", List.of("bad", "good")).withPositive("bad");

        assertThat(target.encode("bad")).isEqualTo(1);
        assertThat(target.positive()).contains("bad");
        assertThat(ClassTarget.of("y", List.of("a", "b", "c")).positive()).isEmpty();
    }

    @Test
    void aPositiveClassThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> ClassTarget.of("y", List.of("a", "b")).withPositive("c"))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot make 'c' the positive class of 'y': it must be one of two, and there are [a, b]");
    }

    @Test
    void anUnknownOrMissingClassIsNamed() {
        ClassTarget target = ClassTarget.of("y", List.of("0", "1"));

        assertThatThrownBy(() -> target.encode("maybe"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot encode label 'y': 'maybe' is none of the classes [0, 1]");
        assertThatThrownBy(() -> target.encode(null)).hasMessageContaining("'null' is none of the classes");
    }

    @Test
    void oneClassIsNothingToLearn() {
        assertThatThrownBy(() -> ClassTarget.of("y", List.of("0")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("'y'")
                .hasMessageContaining("at least two are needed");
    }

    @Test
    void aNumberMustBeFinite() {
        NumberTarget target = new NumberTarget("price");

        assertThat(target.encode(12)).isEqualTo(12);
        assertThatThrownBy(() -> target.encode(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot encode label 'price': 'NaN' is not a finite number");
    }
}

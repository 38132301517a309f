package io.trainyard.tuning.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParamsTest {

    private static final Params PARAMS = Params.of(Map.of("rate", 0.1, "depth", 6L, "booster", "gbtree"));

    @Test
    void textIsSortedAndQuotesWords() {
        assertThat(PARAMS.text()).isEqualTo("booster=\"gbtree\", depth=6, rate=0.1");
        assertThat(Params.of(Map.of("word", "a\", b=\"c")).text()).isEqualTo("word=\"a\\\", b=\\\"c\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "1, 1.0",
        "0, 0.0",
        "-0.25, -0.25",
        "100000, 100000.0",
        "1e-8, 1E-8",
        "1e30, 1E+30",
        "0.30000000000000004, 0.30000000000000004",
        "2e-3, 0.002",
        "4.9e-324, 4.94065645841E-324"
    })
    void textOfANumberIsShortAndReadsBack(double number, String text) {
        assertThat(Params.text(number)).isEqualTo(text);
        assertThat(Double.parseDouble(text)).isEqualTo(number);
    }

    @Test
    void accessorsSayWhatThereIsInstead() {
        assertThat(PARAMS.number("depth")).isEqualTo(6.0);
        assertThatThrownBy(() -> PARAMS.integer("rate"))
                .hasMessage("Parameter 'rate' is 0.1 (Double), not a whole number");
        assertThatThrownBy(() -> PARAMS.text("depth")).hasMessage("Parameter 'depth' is 6 (Long), not a word");
        assertThatThrownBy(() -> PARAMS.number("eta"))
                .hasMessage("Parameter 'eta' has no value here: there are [booster, depth, rate]");
    }

    @Test
    void takesOnlyValuesThatCanBeStoredAndCompared() {
        assertThatThrownBy(() -> Params.of(Map.of("rate", Double.NaN)))
                .hasMessage("Parameter 'rate' cannot be NaN (Double): expected a finite Double, Long or String");
        assertThatThrownBy(() -> Params.of(Map.of("depth", 3)))
                .hasMessage("Parameter 'depth' cannot be 3 (Integer): expected a finite Double, Long or String");
    }

    @Test
    void withLeavesTheOriginalAlone() {
        assertThat(PARAMS.with("depth", 7L).integer("depth")).isEqualTo(7);
        assertThat(PARAMS.integer("depth")).isEqualTo(6);
    }
}

package io.trainyard.jobs.config.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("to", "rows", "alias", "early_stopping");

    @ParameterizedTest
    @CsvSource({
        "row, rows",
        "rwos, rows",
        "Alias, alias",
        "early_stoping, early_stopping",
        "earlyStopping, early_stopping",
        "t, to"
    })
    void aSlipOfThePenIsMended(String written, String meant) {
        assertThat(NearestName.of(written, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"by", "destination", "x"})
    void aNameUnlikeAllIsNotGuessed(String written) {
        assertThat(NearestName.of(written, List.of("rows", "alias"))).isEmpty();
    }

    @Test
    void aHintEndsAMessage() {
        assertThat(NearestName.hint("row", KNOWN)).isEqualTo(" (did you mean 'rows'?)");
        assertThat(NearestName.hint("destination", KNOWN)).isEqualTo(" (known: to, rows, alias, early_stopping)");
        assertThat(NearestName.hint("row", List.of())).isEqualTo(" (none is known)");
    }
}

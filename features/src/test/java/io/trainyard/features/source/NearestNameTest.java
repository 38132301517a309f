package io.trainyard.features.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> KNOWN = List.of("amount", "account", "tx_time", "id");

    @ParameterizedTest
    @CsvSource({"amout, amount", "AMOUNT, amount", "acount, account", "tx-time, tx_time", "i, id"})
    void findsWhatWasMeant(String wanted, String meant) {
        assertThat(NearestName.of(wanted, KNOWN)).contains(meant);
        assertThat(NearestName.hint(wanted, KNOWN)).isEqualTo(" (did you mean '%s'?)", meant);
    }

    @Test
    void listsNamesWhenNoneIsNear() {
        assertThat(NearestName.of("customer", KNOWN)).isEmpty();
        assertThat(NearestName.hint("customer", KNOWN)).isEqualTo(" (there are: account, amount, id, tx_time)");
    }

    @Test
    void listsNoMoreThanAMessageCanHold() {
        List<String> many = IntStream.range(10, 40).mapToObj(i -> "column" + i).toList();

        assertThat(NearestName.hint("x", many)).endsWith("column19, …)");
        assertThat(NearestName.hint("x", List.of())).isEmpty();
    }
}

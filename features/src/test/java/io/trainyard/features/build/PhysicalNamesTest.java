package io.trainyard.features.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhysicalNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amount|amount",
                "a b|a_b",
                "size [m]|size__m_",
                "a.b,c;d=e|a_b_c_d_e",
                "größe|größe",
                "価格|価格",
                "_key|c_key",
                "%|c_",
                "1st|1st"
            })
    void becomeWhatDeltaTakes(String name, String column) {
        assertThat(PhysicalNames.of(List.of(name))).isEqualTo(Map.of(name, column));
    }

    @Test
    void namesThatFallTogetherAreNumberedInTheirOrder() {
        assertThat(PhysicalNames.of(List.of("a b", "A_B", "a_b_2", "a=b")).values())
                .containsExactly("a_b", "A_B_2", "a_b_2_2", "a_b_3");
    }
}

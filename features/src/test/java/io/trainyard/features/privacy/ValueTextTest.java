package io.trainyard.features.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ValueTextTest {

    @Test
    void anIdentifierHasOneTextWhateverItsType() {
        assertThat(new Object[] {123, 123L, (short) 123, 123.0, 123f, new BigDecimal("123.00"), "123"})
                .extracting(ValueText::of)
                .containsOnly("123");
        assertThat(ValueText.of(1e15)).isEqualTo("1000000000000000");
        assertThat(ValueText.of(0.1f)).isEqualTo(ValueText.of(0.1)).isEqualTo("0.1");
        assertThat(ValueText.of(-0.0)).isEqualTo("0");
    }

    @Test
    void whatIsNoNumberKeepsItsName() {
        assertThat(ValueText.of(Double.NaN)).isEqualTo("NaN");
        assertThat(ValueText.of(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
        assertThat(ValueText.of(null)).isNull();
    }

    @Test
    void timesAreInUtc() {
        Instant moment = Instant.parse("2024-03-31T01:30:00.123456Z");

        assertThat(ValueText.of(Timestamp.from(moment)))
                .isEqualTo(ValueText.of(moment))
                .isEqualTo("2024-03-31T01:30:00.123456Z");
        assertThat(ValueText.of(Date.valueOf("2024-03-31")))
                .isEqualTo(ValueText.of(LocalDate.parse("2024-03-31")))
                .isEqualTo("2024-03-31");
    }
}

package io.trainyard.registry.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RawValueTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                arguments(5, "5"),
                arguments(5L, "5"),
                arguments((short) 5, "5"),
                arguments(5.0, "5"),
                arguments(5f, "5"),
                arguments(new BigDecimal("5.00"), "5"),
                arguments(BigInteger.valueOf(5), "5"),
                arguments(-0.0, "0"),
                arguments(0.1, "0.1"),
                arguments(0.1f, "0.1"),
                arguments(new BigDecimal("0.10"), "0.1"),
                arguments(1e-5, "0.00001"),
                arguments(new BigDecimal("5.00000000000000000001"), "5.00000000000000000001"),
                arguments(Long.MAX_VALUE, "9223372036854775807"),
                arguments(1e20, "100000000000000000000"),
                arguments(Double.NEGATIVE_INFINITY, "-Infinity"),
                arguments(true, "true"),
                arguments("Zürich", "Zürich"),
                arguments(CharBuffer.wrap("a"), "a"),
                arguments("", ""),
                arguments(LocalDate.of(2018, 8, 8), "2018-08-08"),
                arguments(Date.valueOf("2018-08-08"), "2018-08-08"),
                arguments(Instant.parse("2018-08-08T00:00:01Z"), "2018-08-08T00:00:01Z"),
                arguments(Timestamp.from(Instant.parse("2018-08-08T00:00:01Z")), "2018-08-08T00:00:01Z"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void equalValuesHaveEqualTextWhateverTheirType(Object value, String text) {
        assertThat(RawValue.text(value)).contains(text);
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                arguments(5, 5.0),
                arguments(new BigDecimal("0.1"), 0.1),
                arguments(true, 1.0),
                arguments(false, 0.0),
                arguments(LocalDate.of(1970, 1, 11), 10.0),
                arguments(Date.valueOf("1970-01-11"), 10.0),
                arguments(Instant.parse("1970-01-01T00:01:00.500Z"), 60.5),
                arguments(Timestamp.from(Instant.parse("1970-01-01T00:01:00.500Z")), 60.5));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void everyKindButTextIsANumber(Object value, double number) {
        assertThat(RawValue.number("x", value)).isEqualTo(number);
    }

    @Test
    void nullAndNanAreMissing() {
        assertThat(List.of(RawValue.text(null), RawValue.text(Double.NaN), RawValue.text(Float.NaN)))
                .allMatch(text -> text.isEmpty());
        assertThat(RawValue.number("x", null)).isNaN();
        assertThat(RawValue.number("x", Float.NaN)).isNaN();
    }

    @Test
    void textIsNoNumber() {
        assertThatThrownBy(() -> RawValue.number("amount", "12"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot encode 'amount': expected a number and found String '12'");
    }

    @Test
    void aDecimalOfMoreDigitsThanAnyDoubleIsNotWrittenOut() {
        assertThat(RawValue.text(new BigDecimal("1E+999999999"))).contains("1E+999999999");
        assertThat(RawValue.text(new BigDecimal("10E-999999999"))).contains("1E-999999998");
        assertThat(RawValue.text(new BigDecimal("1E+30"))).contains("1" + "0".repeat(30));
    }

    @Test
    void anythingElseIsNoCategory() {
        assertThatThrownBy(() -> RawValue.text(List.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as a category: [1]");
    }
}

package io.trainyard.jobs.config.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "90 s, PT90S",
        "1 second, PT1S",
        "20min, PT20M",
        "2 hours, PT2H",
        "7 days, PT168H",
        "1 w, PT168H",
        "0 s, PT0S"
    })
    void unitsArePlainWords(String text, Duration expected) {
        assertThat(Durations.elapsed(text)).contains(expected);
    }

    @Test
    void daysAndWeeksOfACalendarAreNoHours() {
        assertThat(Durations.calendar("7 days")).contains(Period.ofDays(7));
        assertThat(Durations.calendar("2 weeks")).contains(Period.ofDays(14));
        assertThat(Durations.calendar("24 hours")).contains(Duration.ofHours(24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "days", "-1 day", "1.5 h", "1 month", "1  day", "9999999 days", "1 Day"})
    void whatIsNoDurationIsNotGuessed(String text) {
        assertThat(Durations.elapsed(text)).isEmpty();
        assertThat(Durations.calendar(text)).isEmpty();
    }
}

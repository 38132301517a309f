package io.trainyard.jobs.config.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "2018-01-08, 2018-01-08T05:00:00Z",
        "2018-08-08, 2018-08-08T04:00:00Z",
        "2018-08-08 06:30, 2018-08-08T10:30:00Z",
        "2018-08-08T06:30:15, 2018-08-08T10:30:15Z",
        "2018-08-08T06:30:15.25, 2018-08-08T10:30:15.250Z",
        "2018-08-08T06:30:00Z, 2018-08-08T06:30:00Z",
        "2018-08-08 06:30+02:00, 2018-08-08T04:30:00Z"
    })
    void aTimeWithoutAnOffsetIsReadInTheZone(String text, String instant) {
        assertThat(Moments.parse(text, NEW_YORK)).contains(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2018-02-30", "2018-8-8", "2018-08-08 25:00", "2018-08-08T06", "yesterday", ""})
    void whatIsNoTimeIsNotGuessed(String text) {
        assertThat(Moments.parse(text, NEW_YORK)).isEmpty();
    }
}

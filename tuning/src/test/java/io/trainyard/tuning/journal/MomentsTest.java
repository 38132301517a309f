package io.trainyard.tuning.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    /** Of years before 0 to beyond 9999, with no, three, six and nine decimals. */
    static Stream<Instant> moments() {
        Random random = new Random(1);
        return random.longs(2_000, -80_000_000_000L, 300_000_000_000L)
                .mapToObj(second -> Instant.ofEpochSecond(
                        second, random.nextInt(1000) * new long[] {0, 1, 1_000, 1_000_000}[random.nextInt(4)]));
    }

    @Test
    void readsWhatIsWritten() {
        assertThat(moments())
                .allSatisfy(
                        moment -> assertThat(Moments.parse(moment.toString())).isEqualTo(moment));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-01-01",
                "2026-13-01T12:00:00Z",
                "2026-01-01T12:00:61Z",
                "2026-01-0xT12:00:00Z",
                "2026-01-01T12:00:00.Z",
                "2026-01-01T12:00:00.5"
            })
    void refusesWhatIsNoMoment(String text) {
        assertThatThrownBy(() -> Moments.parse(text)).isInstanceOf(DateTimeException.class);
    }
}

package io.trainyard.tuning.journal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Moments in the text of {@link Instant#toString}, whose own parser takes a third of the time in which a long journal is read. */
final class Moments {

    private static final int SECONDS_END = "2026-01-01T12:00:00".length();
    private static final int NANOSECOND_DIGITS = 9;

    private Moments() {}

    /** @throws DateTimeException when this is no moment */
    static Instant parse(String text) {
        int end = text.length() - 1;
        boolean usual = end >= SECONDS_END
                && end <= SECONDS_END + 1 + NANOSECOND_DIGITS
                && text.charAt(4) == '-'
                && text.charAt(end) == 'Z'
                && (end == SECONDS_END || text.charAt(SECONDS_END) == '.');
        return usual ? parseUsual(text, end) : Instant.parse(text);
    }

    private static Instant parseUsual(String text, int end) {
        try {
            LocalDateTime seconds = LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    number(text, 17, SECONDS_END));
            return seconds.toInstant(ZoneOffset.UTC).plusNanos(nanoseconds(text, end));
        } catch (NumberFormatException invalid) {
            throw new DateTimeException("no moment: '%s'".formatted(text), invalid);
        }
    }

    private static long nanoseconds(String text, int end) {
        if (end == SECONDS_END) {
            return 0;
        }
        long number = number(text, SECONDS_END + 1, end);
        for (int digits = end - SECONDS_END - 1; digits < NANOSECOND_DIGITS; digits++) {
            number *= 10;
        }
        return number;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseUnsignedInt(text, from, to, 10);
    }
}

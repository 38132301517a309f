package io.trainyard.jobs.config.binding;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** Dates and times: {@code 2018-08-08}, {@code 2018-08-08 06:30}, {@code 2018-08-08T06:30:00Z}; a date is its midnight. */
final class Moments {
    static final String PATTERN =
            "[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?";

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd[['T'][' ']HH:mm[:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("][XXX]]")
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Moments() {}

    /** The instant; a text without an offset is read in that zone. */
    static Optional<Instant> parse(String text, ZoneId zone) {
        if (!text.matches(PATTERN)) {
            return Optional.empty();
        }
        try {
            TemporalAccessor parsed = FORMAT.parse(text);
            LocalDateTime local = LocalDateTime.from(parsed);
            return Optional.of(
                    parsed.isSupported(ChronoField.OFFSET_SECONDS)
                            ? local.toInstant(ZoneOffset.from(parsed))
                            : local.atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The time zone of that name; offsets are not names, since they know no summer time. */
    static Optional<ZoneId> zone(String text) {
        return Optional.of(text).filter(ZoneId.getAvailableZoneIds()::contains).map(ZoneId::of);
    }
}

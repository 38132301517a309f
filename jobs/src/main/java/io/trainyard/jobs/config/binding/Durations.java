package io.trainyard.jobs.config.binding;

import java.time.Duration;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 7 days}, {@code 20 minutes}, {@code 90 s}. */
final class Durations {
    static final String PATTERN =
            "(?:[0-9]{1,9} ?(?:s|seconds?|min|minutes?|h|hours?)|[0-9]{1,6} ?(?:d|days?|w|weeks?))";

    private static final Pattern PARTS = Pattern.compile("([0-9]+) ?([a-z]+)");
    private static final Map<Character, ChronoUnit> UNITS = Map.of(
            's', ChronoUnit.SECONDS,
            'm', ChronoUnit.MINUTES,
            'h', ChronoUnit.HOURS,
            'd', ChronoUnit.DAYS,
            'w', ChronoUnit.WEEKS);

    private Durations() {}

    /** Time on a clock: a day is 24 hours. */
    static Optional<Duration> elapsed(String text) {
        return parts(text).map(parts -> unit(parts).getDuration().multipliedBy(count(parts)));
    }

    /** Time on a calendar: days and weeks begin and end at the same hour, also where clocks change in between. */
    static Optional<TemporalAmount> calendar(String text) {
        return parts(text).map(parts -> switch (unit(parts)) {
            case DAYS -> Period.ofDays(count(parts));
            case WEEKS -> Period.ofWeeks(count(parts));
            default -> unit(parts).getDuration().multipliedBy(count(parts));
        });
    }

    private static Optional<Matcher> parts(String text) {
        return Optional.of(PARTS.matcher(text)).filter(parts -> text.matches(PATTERN) && parts.matches());
    }

    private static int count(Matcher parts) {
        return Integer.parseInt(parts.group(1));
    }

    private static ChronoUnit unit(Matcher parts) {
        return UNITS.get(parts.group(2).charAt(0));
    }
}

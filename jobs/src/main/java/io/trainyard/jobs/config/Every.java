package io.trainyard.jobs.config;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** Windows of a calendar, one after the other without gaps. */
public enum Every {
    DAY,
    /** From Monday on. */
    WEEK,
    MONTH;

    /** The start of the window that a moment is in. */
    public Instant start(Instant moment, ZoneId zone) {
        LocalDate day = moment.atZone(zone).toLocalDate();
        LocalDate first = switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
        return first.atStartOfDay(zone).toInstant();
    }

    /** The start of a window so many windows later, or earlier where it is negative. */
    public Instant move(Instant start, int windows, ZoneId zone) {
        LocalDate day = start.atZone(zone).toLocalDate();
        LocalDate moved = switch (this) {
            case DAY -> day.plusDays(windows);
            case WEEK -> day.plusWeeks(windows);
            case MONTH -> day.plusMonths(windows);
        };
        return moved.atStartOfDay(zone).toInstant();
    }

    /** As pipeline files write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.trainyard.jobs.config;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * When a job starts: a cron expression of five fields, as in crontab(5). Where days of the month and days of the week are both
 * given, either one starts the job.
 *
 * @param minutes 0 to 59
 * @param hours 0 to 23
 * @param daysOfMonth 1 to 31
 * @param months 1 to 12
 * @param daysOfWeek 0 to 6 from Sunday on
 */
public record CronSchedule(
        SortedSet<Integer> minutes,
        SortedSet<Integer> hours,
        SortedSet<Integer> daysOfMonth,
        SortedSet<Integer> months,
        SortedSet<Integer> daysOfWeek) {
    private static final int FIELDS = 5;
    private static final int MINUTES_OF_HOUR = 60;
    private static final int MINUTES_OF_DAY = 24 * MINUTES_OF_HOUR;
    private static final List<Integer> LONGEST_MONTHS = List.of(31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

    public CronSchedule {
        minutes = Collections.unmodifiableSortedSet(new TreeSet<>(minutes));
        hours = Collections.unmodifiableSortedSet(new TreeSet<>(hours));
        daysOfMonth = Collections.unmodifiableSortedSet(new TreeSet<>(daysOfMonth));
        months = Collections.unmodifiableSortedSet(new TreeSet<>(months));
        daysOfWeek = Collections.unmodifiableSortedSet(new TreeSet<>(daysOfWeek));
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static CronSchedule parse(String text) {
        List<String> fields = List.of(text.strip().split("\\s+"));
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException(
                    "cron has five fields: minute, hour, day of month, month, day of week; found %d"
                            .formatted(fields.size()));
        }
        SortedSet<Integer> daysOfMonth = CronField.DAY_OF_MONTH.parse(fields.get(2));
        SortedSet<Integer> daysOfWeek = CronField.DAY_OF_WEEK.parse(fields.get(4));
        boolean both = restricts(daysOfMonth, CronField.DAY_OF_MONTH) && restricts(daysOfWeek, CronField.DAY_OF_WEEK);
        if (both && (fields.get(2).startsWith("*") || fields.get(4).startsWith("*"))) {
            throw new IllegalArgumentException(
                    "crons disagree on '%s' for days of the month with '%s' for days of the week: give one of the two"
                            .formatted(fields.get(2), fields.get(4)));
        }
        // A range of all days beside chosen ones means every day, where a star would mean the chosen ones.
        boolean every = !fields.get(2).startsWith("*") && !fields.get(4).startsWith("*") && !both;
        CronSchedule schedule = new CronSchedule(
                CronField.MINUTE.parse(fields.get(0)),
                CronField.HOUR.parse(fields.get(1)),
                every ? CronField.DAY_OF_MONTH.all() : daysOfMonth,
                CronField.MONTH.parse(fields.get(3)),
                every ? CronField.DAY_OF_WEEK.all() : daysOfWeek);
        schedule.requireADay();
        return schedule;
    }

    private void requireADay() {
        boolean some = restricts(daysOfWeek, CronField.DAY_OF_WEEK)
                || months.stream().anyMatch(month -> daysOfMonth.first() <= LONGEST_MONTHS.get(month - 1));
        if (!some) {
            throw new IllegalArgumentException("no month among %s has a day %s"
                    .formatted(CronField.MONTH.writeNames(months), CronField.DAY_OF_MONTH.write(daysOfMonth)));
        }
    }

    private static boolean restricts(SortedSet<Integer> numbers, CronField field) {
        return !numbers.equals(field.all());
    }

    /** Whether both days of the month and days of the week are given, which only some schedulers can express. */
    public boolean hasBothDays() {
        return restricts(daysOfMonth, CronField.DAY_OF_MONTH) && restricts(daysOfWeek, CronField.DAY_OF_WEEK);
    }

    /** Whether the job starts at this minute. */
    public boolean startsAt(LocalDateTime minute) {
        boolean dayOfMonth = daysOfMonth.contains(minute.getDayOfMonth());
        boolean dayOfWeek = daysOfWeek.contains(minute.getDayOfWeek().getValue() % CronField.SUNDAY_AGAIN);
        return minutes.contains(minute.getMinute())
                && hours.contains(minute.getHour())
                && months.contains(minute.getMonthValue())
                && (hasBothDays() ? dayOfMonth || dayOfWeek : dayOfMonth && dayOfWeek);
    }

    /** The shortest time between two starts of one day, or of a day and the next; that of two days where a day has one. */
    public Duration shortestGap() {
        List<Integer> starts = hours.stream()
                .flatMap(hour -> minutes.stream().map(minute -> hour * MINUTES_OF_HOUR + minute))
                .collect(Collectors.toList());
        starts.add(starts.get(0) + MINUTES_OF_DAY);
        int least = MINUTES_OF_DAY;
        for (int i = 1; i < starts.size(); i++) {
            least = Math.min(least, starts.get(i) - starts.get(i - 1));
        }
        return Duration.ofMinutes(least);
    }

    /** The expression in five fields with numbers alone, which every cron reads alike. */
    public String toUnix() {
        return String.join(
                " ",
                CronField.MINUTE.write(minutes),
                CronField.HOUR.write(hours),
                CronField.DAY_OF_MONTH.write(daysOfMonth),
                CronField.MONTH.write(months),
                CronField.DAY_OF_WEEK.write(daysOfWeek));
    }

    /** The expression for Quartz: seconds first, days of the week by name; empty where it has {@link #hasBothDays both days}. */
    public Optional<String> toQuartz() {
        return withOneDay().map(fields -> "0 " + fields);
    }

    /** The expression for EventBridge Scheduler, {@code cron(…)}: with a year; empty where it has {@link #hasBothDays both days}. */
    public Optional<String> toAws() {
        return withOneDay().map(fields -> "cron(" + fields + " *)");
    }

    /** Both want a question mark for the days that are not given, and a number before the slash of a step. */
    private Optional<String> withOneDay() {
        if (hasBothDays()) {
            return Optional.empty();
        }
        boolean byWeek = restricts(daysOfWeek, CronField.DAY_OF_WEEK);
        return Optional.of(String.join(
                " ",
                CronField.MINUTE.write(minutes, "0", Integer::toString),
                CronField.HOUR.write(hours, "0", Integer::toString),
                byWeek ? "?" : CronField.DAY_OF_MONTH.write(daysOfMonth, "1", Integer::toString),
                CronField.MONTH.write(months),
                byWeek ? CronField.DAY_OF_WEEK.writeNames(daysOfWeek) : "?"));
    }
}

package io.trainyard.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.ParseException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

class CronScheduleTest {
    private static final int DAYS = 800;
    private static final LocalDateTime FIRST = LocalDateTime.of(2026, 12, 1, 0, 0);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3 * * *       | 0 3 * * *         | 0 0 3 * * ?            | cron(0 3 * * ? *)",
                "*/15 * * * *    | */15 * * * *      | 0 0/15 * * * ?         | cron(0/15 * * * ? *)",
                "30 6 * * 1-5    | 30 6 * * 1-5      | 0 30 6 ? * MON-FRI     | cron(30 6 ? * MON-FRI *)",
                "30 6 * * mon,7  | 30 6 * * 0,1      | 0 30 6 ? * SUN,MON     | cron(30 6 ? * SUN,MON *)",
                "0 0 1 jan-mar * | 0 0 1 1-3 *       | 0 0 0 1 1-3 ?          | cron(0 0 1 1-3 ? *)",
                "5-55/10 0 */2 * *|5,15,25,35,45,55 0 */2 * *|0 5,15,25,35,45,55 0 1/2 * ?|cron(5,15,25,35,45,55 0 1/2 * ? *)",
                "0 0 1-31 * 1    | 0 0 * * *         | 0 0 0 * * ?            | cron(0 0 * * ? *)",
                "0 0 * * 0-7     | 0 0 * * *         | 0 0 0 * * ?            | cron(0 0 * * ? *)"
            })
    void isWrittenForEveryScheduler(String text, String unix, String quartz, String aws) {
        CronSchedule schedule = CronSchedule.parse(text);

        assertThat(schedule.toUnix()).isEqualTo(unix);
        assertThat(schedule.toQuartz()).contains(quartz);
        assertThat(schedule.toAws()).contains(aws);
    }

    @Test
    void bothKindsOfDaysStartTheJobOnEither() {
        CronSchedule schedule = CronSchedule.parse("0 0 13 * 5");

        assertThat(schedule.hasBothDays()).isTrue();
        assertThat(schedule.toQuartz()).isEmpty();
        assertThat(schedule.toAws()).isEmpty();
        assertThat(schedule.startsAt(LocalDateTime.of(2026, 10, 13, 0, 0)))
                .as("Tuesday 13th")
                .isTrue();
        assertThat(schedule.startsAt(LocalDateTime.of(2026, 10, 16, 0, 0)))
                .as("a Friday")
                .isTrue();
        assertThat(schedule.startsAt(LocalDateTime.of(2026, 10, 14, 0, 0))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3 * * * | 1440",
                "*/5 * * * * | 5",
                "58,3 */12 * * * | 55",
                "59 23 * * 0 | 1440",
                "0,59 0 * * * | 59",
                "0 0,23 * * * | 60"
            })
    void knowsItsShortestGap(String text, long minutes) {
        assertThat(CronSchedule.parse(text).shortestGap()).isEqualTo(Duration.ofMinutes(minutes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3 * *       | five fields: minute, hour, day of month, month, day of week; found 4",
                "0 0 3 * * ?   | found 6",
                "@daily        | found 1",
                "60 3 * * *    | a minute is from 0 to 59, found '60'",
                "0 24 * * *    | an hour is from 0 to 23, found '24'",
                "0 3 0 * *     | a day of month is from 1 to 31, found '0'",
                "0 3 * 13 *    | a month is from 1 to 12, found '13'",
                "0 3 * * 8     | a day of week is from 0 to 7, found '8'",
                "0 3 * * FRY   | a day of week is from 0 to 7, found 'FRY'",
                "0 3 ? * *     | cannot read '?' as a day of month",
                "0 3 L * *     | a day of month is from 1 to 31, found 'L'",
                "0 3 * * 5-1   | a day of week from 5 to 1 is none: give two ranges",
                "5/15 * * * *  | a step needs a range to step through, such as */15 or 5-59/15",
                "*/0 * * * *   | a step must be at least 1",
                "0,,5 * * * *  | cannot read '' as a minute",
                "-5 * * * *    | cannot read '-5' as a minute",
                "0 3 */2 * 1   | crons disagree on '*/2' for days of the month",
                "0 3 30 2 *    | no month among FEB has a day 30",
                "0 3 31 4,6 *  | no month among APR,JUN has a day 31",
                "0 99999999999 * * * | an hour is from 0 to 23"
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> CronSchedule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    /** By Quartz itself, which EventBridge's expressions follow but for the seconds and the year. */
    @ParameterizedTest
    @MethodSource("seeds")
    void meansTheSameToQuartzAndToEventBridge(int seed) throws ParseException {
        Random random = new Random(seed);
        String text = expression(random);
        CronSchedule schedule = CronSchedule.parse(text);
        String aws = schedule.toAws().orElseThrow();
        assertThat(aws).matches("cron\\((\\S+ ){5}\\*\\)");
        assertThat(aws.chars().filter(c -> c == '?').count()).isEqualTo(1);
        List<CronExpression> written = List.of(
                quartz(schedule.toQuartz().orElseThrow()),
                quartz("0 " + aws.substring("cron(".length(), aws.length() - " *)".length())));

        CronSchedule again = CronSchedule.parse(schedule.toUnix());
        assertThat(again).as(text).isEqualTo(schedule);
        for (LocalDateTime minute : minutes(random)) {
            boolean starts = schedule.startsAt(minute);
            assertThat(starts).as("%s at %s, by hand", text, minute).isEqualTo(byHand(text, minute));
            for (CronExpression expression : written) {
                assertThat(expression.isSatisfiedBy(Date.from(minute.toInstant(ZoneOffset.UTC))))
                        .as("%s at %s by %s", text, minute, expression)
                        .isEqualTo(starts);
            }
        }
    }

    @Test
    void someOfTheseMinutesAreStarts() {
        long starts = seeds().mapToObj(seed -> {
                    Random random = new Random(seed);
                    CronSchedule schedule = CronSchedule.parse(expression(random));
                    return minutes(random).stream().filter(schedule::startsAt).count();
                })
                .mapToLong(Long::longValue)
                .sum();

        assertThat(starts).isGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 13 * 5", "*/7 1-5 1,15 * MON-WED"})
    void unixKeepsBothKindsOfDays(String text) {
        CronSchedule schedule = CronSchedule.parse(text);
        assertThat(CronSchedule.parse(schedule.toUnix())).isEqualTo(schedule);
    }

    private static CronExpression quartz(String text) throws ParseException {
        CronExpression expression = new CronExpression(text);
        expression.setTimeZone(TimeZone.getTimeZone("UTC"));
        return expression;
    }

    /** One minute of every day: often one that the small fields of these expressions are likely to hold. */
    private static List<LocalDateTime> minutes(Random random) {
        List<LocalDateTime> minutes = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            minutes.add(FIRST.plusDays(day).plusHours(random.nextInt(24)).plusMinutes(random.nextInt(60)));
        }
        return minutes;
    }

    private static String expression(Random random) {
        boolean week = random.nextBoolean();
        return String.join(
                " ",
                field(random, 0, 59),
                field(random, 0, 23),
                week ? "*" : field(random, 1, 28),
                random.nextInt(3) == 0 ? field(random, 1, 12) : "*",
                week ? field(random, 0, 7) : "*");
    }

    private static String field(Random random, int least, int most) {
        int from = least + random.nextInt(most - least + 1);
        int to = from + random.nextInt(most - from + 1);
        return switch (random.nextInt(5)) {
            case 0 -> "*";
            case 1 -> "*/" + (1 + random.nextInt(7));
            case 2 -> from + "-" + to;
            case 3 -> from + "-" + to + "/" + (1 + random.nextInt(4));
            default -> from + "," + to + "," + (least + random.nextInt(most - least + 1));
        };
    }

    /** Slowly and plainly, from the text. */
    private static boolean byHand(String text, LocalDateTime minute) {
        String[] fields = text.split(" ");
        int day = minute.getDayOfWeek().getValue();
        return fits(fields[0], minute.getMinute(), 0)
                && fits(fields[1], minute.getHour(), 0)
                && fits(fields[2], minute.getDayOfMonth(), 1)
                && fits(fields[3], minute.getMonthValue(), 1)
                && fitsWeek(fields[4], day);
    }

    private static boolean fitsWeek(String field, int day) {
        boolean sundayAsSeven = day == 7 && field.startsWith("*");
        return (!sundayAsSeven && fits(field, day, 0)) || (day == 7 && fits(field, 0, 0));
    }

    private static boolean fits(String field, int number, int least) {
        for (String item : field.split(",")) {
            String[] parts = item.split("/");
            int step = parts.length == 2 ? Integer.parseInt(parts[1]) : 1;
            String[] range = parts[0].split("-");
            int from = parts[0].equals("*") ? least : Integer.parseInt(range[0]);
            int to = parts[0].equals("*") ? 59 : Integer.parseInt(range[range.length - 1]);
            if (number >= from && number <= to && (number - from) % step == 0) {
                return true;
            }
        }
        return false;
    }
}

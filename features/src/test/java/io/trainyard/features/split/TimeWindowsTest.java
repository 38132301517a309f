package io.trainyard.features.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.split.TimeWindows.Fold;
import io.trainyard.features.view.Split.TimeSplit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeWindowsTest {

    @Test
    void everyFitEndsAGapBeforeWhatItIsJudgedOn() {
        TimeWindows windows = TimeWindows.of(
                split(Period.ofDays(7), Period.ofDays(7), Period.ofDays(7), "2018-08-08", "2018-08-15"),
                ZoneOffset.UTC);

        assertThat(only(windows).train()).isEqualTo(days("2018-07-11", "2018-07-18"));
        assertThat(only(windows).validation()).isEqualTo(days("2018-07-25", "2018-08-01"));
        assertThat(windows.finalTrain()).isEqualTo(days("2018-07-25", "2018-08-01"));
        assertThat(windows.test()).isEqualTo(days("2018-08-08", "2018-08-15"));
    }

    @Test
    void finalFitIsAsLongAsTheSearchFit() {
        TimeWindows windows = TimeWindows.of(
                split(Period.ofDays(30), Period.ZERO, Period.ofDays(5), "2018-08-31", "2018-09-01"), ZoneOffset.UTC);

        assertThat(only(windows).train()).isEqualTo(days("2018-07-27", "2018-08-26"));
        assertThat(only(windows).validation()).isEqualTo(days("2018-08-26", "2018-08-31"));
        assertThat(windows.finalTrain()).isEqualTo(days("2018-08-01", "2018-08-31"));
    }

    @Test
    void calendarDaysFollowTheZoneAndDurationsDoNot() {
        ZoneId berlin = ZoneId.of("Europe/Berlin"); // 2018-03-25 had 23 hours
        TimeWindows days = TimeWindows.of(
                split(Period.ofDays(1), Period.ZERO, Period.ofDays(1), "2018-03-26", "2018-03-27"), berlin);
        TimeWindows hours = TimeWindows.of(
                split(Period.ofDays(1), Period.ZERO, Duration.ofHours(24), "2018-03-26", "2018-03-27"), berlin);

        assertThat(only(days).validation().from()).isEqualTo(Instant.parse("2018-03-24T23:00:00Z"));
        assertThat(only(days).validation().to()).isEqualTo(Instant.parse("2018-03-25T22:00:00Z"));
        assertThat(only(hours).validation().from()).isEqualTo(Instant.parse("2018-03-24T22:00:00Z"));
    }

    @Test
    void foldsFollowEachOtherUpToTheHoldout() {
        TimeSplit holdout = split(Period.ofDays(14), Period.ofDays(3), Period.ofDays(7), "2018-08-08", "2018-08-15");
        TimeSplit chained = new TimeSplit(
                holdout.train(),
                holdout.gap(),
                holdout.validation(),
                3,
                holdout.testFrom(),
                holdout.testTo(),
                Optional.empty());

        TimeWindows windows = TimeWindows.of(chained, ZoneOffset.UTC);

        assertThat(windows.folds())
                .containsExactly(
                        new Fold(days("2018-06-28", "2018-07-12"), days("2018-07-15", "2018-07-22")),
                        new Fold(days("2018-07-05", "2018-07-19"), days("2018-07-22", "2018-07-29")),
                        new Fold(days("2018-07-12", "2018-07-26"), days("2018-07-29", "2018-08-05")));
        assertThat(windows.folds().get(2)).isEqualTo(only(TimeWindows.of(holdout, ZoneOffset.UTC)));
        assertThat(windows.finalTrain()).isEqualTo(days("2018-07-22", "2018-08-05"));
    }

    private static Fold only(TimeWindows windows) {
        assertThat(windows.folds()).hasSize(1);
        return windows.folds().get(0);
    }

    private static TimeSplit split(Period train, Period gap, TemporalAmount validation, String from, String to) {
        return new TimeSplit(
                train,
                gap,
                validation,
                LocalDate.parse(from).atStartOfDay(),
                LocalDate.parse(to).atStartOfDay());
    }

    private static Interval days(String from, String to) {
        return new Interval(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
    }
}

package io.trainyard.features.split;

import io.trainyard.features.view.Split.TimeSplit;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAmount;

/**
 * The windows of a split by time. {@code finalTrain} may overlap {@code validation}: the final fit slides up to the test.
 *
 * @param searchTrain what the search fits on
 * @param validation what the search is judged on
 * @param finalTrain what the final model is fitted on
 * @param test what the final model is judged on
 */
public record TimeWindows(Interval searchTrain, Interval validation, Interval finalTrain, Interval test) {

    /** Lays the windows out backwards from the test; days are days of the zone's calendar. */
    public static TimeWindows of(TimeSplit split, ZoneId zone) {
        Interval test = new Interval(
                split.testFrom().atZone(zone).toInstant(),
                split.testTo().atZone(zone).toInstant());
        ZonedDateTime known = split.testFrom().atZone(zone).minus(split.gap());
        ZonedDateTime judged = known.minus(split.validation());
        return new TimeWindows(
                before(judged.minus(split.gap()), split.train()),
                before(known, split.validation()),
                before(known, split.train()),
                test);
    }

    private static Interval before(ZonedDateTime end, TemporalAmount length) {
        return new Interval(end.minus(length).toInstant(), end.toInstant());
    }
}

package io.trainyard.features.split;

import io.trainyard.features.view.Split.TimeSplit;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAmount;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The windows of a split by time. {@code finalTrain} may overlap a validation window: the final fit slides up to the test.
 *
 * @param folds what the search fits on and is judged on, the earliest first
 * @param finalTrain what the final model is fitted on
 * @param test what the final model is judged on
 */
public record TimeWindows(List<Fold> folds, Interval finalTrain, Interval test) {
    public TimeWindows {
        folds = List.copyOf(folds);
    }

    /** A window to fit on, and the window that judges what was fitted. */
    public record Fold(Interval train, Interval validation) {}

    /** Lays the windows out backwards from the test; days are days of the zone's calendar. */
    public static TimeWindows of(TimeSplit split, ZoneId zone) {
        Interval test = new Interval(
                split.testFrom().atZone(zone).toInstant(),
                split.testTo().atZone(zone).toInstant());
        ZonedDateTime known = split.testFrom().atZone(zone).minus(split.gap());
        Deque<Fold> folds = new ArrayDeque<>();
        ZonedDateTime end = known;
        for (int fold = 0; fold < split.folds(); fold++) {
            ZonedDateTime start = end.minus(split.validation());
            folds.addFirst(new Fold(before(start.minus(split.gap()), split.train()), before(end, split.validation())));
            end = start;
        }
        return new TimeWindows(List.copyOf(folds), before(known, split.train()), test);
    }

    private static Interval before(ZonedDateTime end, TemporalAmount length) {
        return new Interval(end.minus(length).toInstant(), end.toInstant());
    }
}

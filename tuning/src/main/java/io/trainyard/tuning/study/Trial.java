package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One configuration of a study.
 *
 * @param number from 0, in the order of asking
 * @param reports the first metric's value on the way, by step; may be NaN
 * @param outcome empty while it is pending
 * @param told when it ended
 */
public record Trial(
        int number,
        Params params,
        SortedMap<Integer, Double> reports,
        Optional<Outcome> outcome,
        Instant asked,
        Optional<Instant> told) {

    public Trial {
        reports = reports.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(reports));
    }

    /** One that reported nothing. */
    public Trial(int number, Params params, Optional<Outcome> outcome, Instant asked, Optional<Instant> told) {
        this(number, params, Collections.emptySortedMap(), outcome, asked, told);
    }

    static Trial asked(int number, Params params, Instant at) {
        return new Trial(number, params, Optional.empty(), at, Optional.empty());
    }

    /** The value of the first metric where the trial ran to its end. */
    public OptionalDouble value() {
        return outcome.isPresent() && outcome.get() instanceof Outcome.Complete complete
                ? OptionalDouble.of(complete.value())
                : OptionalDouble.empty();
    }

    /** The values of all metrics where the trial ran to its end, else empty. */
    public List<Double> values() {
        return outcome.isPresent() && outcome.get() instanceof Outcome.Complete complete
                ? complete.values()
                : List.of();
    }

    /** The last step that it reported; 0 before the first. */
    public int step() {
        return reports.isEmpty() ? 0 : reports.lastKey();
    }

    /** What it reported at a step. */
    public OptionalDouble reported(int step) {
        return reports.containsKey(step) ? OptionalDouble.of(reports.get(step)) : OptionalDouble.empty();
    }

    /** What it had come to at a step: what it reported there, or where it ended before, its final value. */
    public OptionalDouble reached(int step) {
        return reports.containsKey(step) || step() > step ? reported(step) : value();
    }

    /** As it is after a report. */
    public Trial reporting(int step, double value) {
        SortedMap<Integer, Double> more = new TreeMap<>(reports);
        more.put(step, value);
        return new Trial(number, params, more, outcome, asked, told);
    }

    Trial told(Outcome ended, Instant at) {
        return new Trial(number, params, reports, Optional.of(ended), asked, Optional.of(at));
    }

    /** As it looks to one who knows only that it was asked for. */
    Trial untold() {
        return reports.isEmpty() && outcome.isEmpty() ? this : asked(number, params, asked);
    }
}

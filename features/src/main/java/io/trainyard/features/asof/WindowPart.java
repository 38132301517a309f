package io.trainyard.features.asof;

import io.trainyard.features.view.Aggregate.Function;
import java.io.Serializable;

/**
 * Aggregates over windows.
 *
 * @param values arguments of the aggregates
 * @param reaches delay and length of each window together, in microseconds: what happened at or before that is out
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, read for every row
record WindowPart(EventValues values, Measure[] measures, long[] reaches) implements Part {

    /**
     * One aggregate.
     *
     * @param value place of the argument among the values; negative where there is none
     * @param order of the argument
     * @param features positions in the result, one per window
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Measure(Function function, int value, ValueOrder order, int[] features) implements Serializable {

        Running start() {
            return switch (function) {
                case COUNT -> value < 0 ? new Running.Rows() : new Running.Count();
                case COUNT_DISTINCT -> new Running.Values(order, Running.Values::distinct);
                case MIN -> new Running.Values(order, Running.Values::least);
                case MAX -> new Running.Values(order, Running.Values::greatest);
                case SUM -> new Running.Sum(false);
                case AVG -> new Running.Sum(true);
                case STDDEV -> new Running.Spread();
                case FIRST, LAST, TIME_SINCE_LAST -> new Running.Nothing();
            };
        }

        Object argument(Event event) {
            return value < 0 ? null : event.values()[value];
        }
    }

    @Override
    public State start() {
        return new SlidingWindows(this);
    }

    long longestReach() {
        long longest = 0;
        for (long reach : reaches) {
            longest = Math.max(longest, reach);
        }
        return longest;
    }
}

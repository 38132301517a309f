package io.trainyard.tuning.space;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A whole number.
 *
 * @param low smallest value
 * @param high largest value; a whole number of steps above {@code low}
 * @param log whether ratios matter rather than differences; needs {@code low >= 1} and step 1
 * @param step distance between values
 */
public record IntParameter(String name, long low, long high, boolean log, long step, Optional<Condition> condition)
        implements Parameter {

    /** Beyond this, neighbouring whole numbers are the same double. */
    private static final long LARGEST = 1L << 53;

    public IntParameter {
        Ranges.check(name, (double) low, (double) high, log);
        if (Math.abs(low) > LARGEST || Math.abs(high) > LARGEST) {
            throw Ranges.bad(name, "[%d, %d] goes beyond 2^53".formatted(low, high));
        }
        if (step < 1) {
            throw Ranges.bad(name, "its step is %d: must be at least 1".formatted(step));
        }
        if (log && step != 1) {
            throw Ranges.bad(name, "it is log and has step %d: a log parameter has step 1".formatted(step));
        }
        if ((high - low) % step != 0) {
            throw Ranges.bad(
                    name,
                    "high %d is not a whole number of steps %d above low %d: use %d"
                            .formatted(high, step, low, high - (high - low) % step));
        }
    }

    /** Every whole number in the range, always active. */
    public static IntParameter uniform(String name, long low, long high) {
        return new IntParameter(name, low, high, false, 1, Optional.empty());
    }

    /** Every whole number in the range, on the logarithm, always active. */
    public static IntParameter log(String name, long low, long high) {
        return new IntParameter(name, low, high, true, 1, Optional.empty());
    }

    /** Active only under a condition. */
    public IntParameter when(Condition active) {
        return new IntParameter(name, low, high, log, step, Optional.of(active));
    }

    public Scale scale() {
        return new Scale((double) low, (double) high, log, (double) step);
    }

    /** The value nearest to a number. */
    public long nearest(double number) {
        return Math.round(scale().nearest(Math.max((double) low, Math.min((double) high, number))));
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of((high - low) / step + 1);
    }

    @Override
    public Long at(double quantile) {
        return Math.round(scale().at(quantile));
    }

    @Override
    public Long value(long index) {
        return low + index * step;
    }

    @Override
    public void check(Object value) {
        if (!(value instanceof Long number && low <= number && number <= high && (number - low) % step == 0)) {
            throw Ranges.badValue(name, value, "a whole number in " + scale().text());
        }
    }

    @Override
    public String text() {
        return name + ": int " + scale().text() + conditionText();
    }
}

package io.trainyard.tuning.space;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A real number.
 *
 * @param low smallest value
 * @param high largest value; with a step, a whole number of steps above {@code low}
 * @param log whether ratios matter rather than differences; needs {@code low > 0}, and no step
 * @param step distance between values; empty: continuous
 */
public record FloatParameter(
        String name, double low, double high, boolean log, OptionalDouble step, Optional<Condition> condition)
        implements Parameter {

    public FloatParameter {
        Ranges.check(name, low, high, log);
        if (step.isPresent() && !(step.getAsDouble() > 0)) {
            throw Ranges.bad(name, "its step is %s: must be above 0".formatted(step.getAsDouble()));
        }
        if (log && step.isPresent()) {
            throw Ranges.bad(name, "it is log and has a step: choose one");
        }
        if (!new Scale(low, high, log, step.orElse(0)).contains(high)) {
            throw Ranges.bad(
                    name,
                    "high %s is not a whole number of steps %s above low %s".formatted(high, step.getAsDouble(), low));
        }
    }

    /** Continuous and always active. */
    public static FloatParameter uniform(String name, double low, double high) {
        return new FloatParameter(name, low, high, false, OptionalDouble.empty(), Optional.empty());
    }

    /** Continuous on the logarithm and always active. */
    public static FloatParameter log(String name, double low, double high) {
        return new FloatParameter(name, low, high, true, OptionalDouble.empty(), Optional.empty());
    }

    /** Active only under a condition. */
    public FloatParameter when(Condition active) {
        return new FloatParameter(name, low, high, log, step, Optional.of(active));
    }

    public Scale scale() {
        return new Scale(low, high, log, step.orElse(0));
    }

    /** The value nearest to a number. */
    public double nearest(double number) {
        return scale().nearest(Math.max(low, Math.min(high, number)));
    }

    @Override
    public OptionalLong size() {
        if (low == high) {
            return OptionalLong.of(1);
        }
        return step.isPresent() ? OptionalLong.of(scale().steps()) : OptionalLong.empty();
    }

    @Override
    public Double at(double quantile) {
        return scale().at(quantile);
    }

    @Override
    public Double value(long index) {
        if (size().isEmpty()) {
            throw new IllegalStateException("Cannot count the values of '%s': it is continuous".formatted(name));
        }
        return scale().nearest(low + index * step.orElse(0));
    }

    @Override
    public void check(Object value) {
        if (!(value instanceof Double number && scale().contains(number))) {
            throw Ranges.badValue(name, value, "a number in " + scale().text());
        }
    }

    @Override
    public String text() {
        return name + ": float " + scale().text() + conditionText();
    }
}

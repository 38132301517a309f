package io.trainyard.tuning.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.IntStream;

/**
 * How the values of a numeric parameter lie on the line on which samplers work: the logarithm where it is log, and half a
 * step wider on both sides where it has steps, so that every step has an equal share.
 *
 * @param low smallest value
 * @param high largest value
 * @param log whether the line is the natural logarithm of the values
 * @param step distance between values; 0 where they are continuous
 */
public record Scale(double low, double high, boolean log, double step) {

    /** More digits than any hyperparameter needs, and few enough to print, store and read back the same everywhere. */
    private static final int DIGITS = 12;

    /** Those that are exact: a whole number over one of them is the double nearest to the decimal. */
    private static final double[] POWERS_OF_TEN = IntStream.rangeClosed(0, 22)
            .mapToDouble(power -> Double.parseDouble("1e" + power))
            .toArray();

    public boolean discrete() {
        return step > 0;
    }

    /** The line's lower end. */
    public double start() {
        return position(low - step / 2);
    }

    /** The line's upper end. */
    public double end() {
        return position(high + step / 2);
    }

    /** Where a value lies on the line. */
    public double position(double value) {
        return log ? StrictMath.log(value) : value;
    }

    /** The value nearest to a position on the line: in range, on a step, and rounded to 12 significant digits. */
    public double value(double position) {
        return nearest(log ? StrictMath.exp(position) : position);
    }

    double nearest(double number) {
        double onStep = discrete() ? low + StrictMath.rint((number - low) / step) * step : number;
        return Math.max(low, Math.min(high, rounded(onStep)));
    }

    double at(double quantile) {
        return value(start() + quantile * (end() - start()));
    }

    /** How many steps there are. Only for scales that have them. */
    long steps() {
        return Math.round((high - low) / step) + 1;
    }

    /** Whether a value is one of the scale's, but for rounding. */
    boolean contains(double value) {
        if (!(low <= value && value <= high)) {
            return false;
        }
        double steps = (value - low) / step;
        return !discrete() || Math.abs(steps - StrictMath.rint(steps)) < 1e-6;
    }

    String text() {
        String range = "[%s, %s]".formatted(Params.text(low), Params.text(high));
        return range + (log ? " log" : "") + (discrete() ? " step " + Params.text(step) : "");
    }

    private static double rounded(double value) {
        if (value == 0) {
            return 0;
        }
        int shift = DIGITS - 1 - (int) Math.floor(StrictMath.log10(Math.abs(value)));
        if (Math.abs(shift) >= POWERS_OF_TEN.length) {
            return new BigDecimal(value, new MathContext(DIGITS)).doubleValue();
        }
        return shift >= 0
                ? Math.rint(value * POWERS_OF_TEN[shift]) / POWERS_OF_TEN[shift]
                : Math.rint(value / POWERS_OF_TEN[-shift]) * POWERS_OF_TEN[-shift];
    }
}

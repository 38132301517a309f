package io.trainyard.features.profile;

import java.io.Serializable;

/**
 * Count, range, mean and spread of finite values, mergeable without loss of precision (Chan, Golub and LeVeque 1979, equations 2.1).
 *
 * @param minimum 0, as are all others, where there are no values
 * @param squares the sum of squared distances from the mean
 */
public record Moments(long count, double minimum, double maximum, double mean, double squares) implements Serializable {

    /** Those of no values. */
    public static final Moments NONE = new Moments(0, 0, 0, 0, 0);

    public Moments {
        if (count < 0 || minimum > maximum || squares < 0 || !Double.isFinite(minimum) || !Double.isFinite(maximum)) {
            throw new IllegalArgumentException(
                    "Moments need a count of 0 or more, a finite minimum up to a finite maximum, and squares of 0 or more, but are"
                            + " count %d, minimum %s, maximum %s, squares %s"
                                    .formatted(count, minimum, maximum, squares));
        }
    }

    /** Of the first so many values, all of them finite. */
    static Moments of(double[] values, int length) {
        if (length == 0) {
            return NONE;
        }
        double minimum = values[0];
        double maximum = values[0];
        double shifted = 0; // by the first value, so that equal values have exactly their own mean
        for (int i = 0; i < length; i++) {
            minimum = Math.min(minimum, values[i]);
            maximum = Math.max(maximum, values[i]);
            shifted += values[i] - values[0];
        }
        double mean = within(minimum, values[0] + shifted / length, maximum);
        double squares = 0;
        for (int i = 0; i < length; i++) {
            double distance = values[i] - mean;
            squares += distance * distance;
        }
        return new Moments(length, minimum, maximum, mean, squares);
    }

    /** Those of the values of both. */
    public Moments merge(Moments other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        long all = count + other.count;
        double share = (double) other.count / all;
        double apart = other.mean - mean;
        double least = Math.min(minimum, other.minimum);
        double greatest = Math.max(maximum, other.maximum);
        return new Moments(
                all,
                least,
                greatest,
                within(least, mean + apart * share, greatest),
                squares + other.squares + apart * apart * count * share);
    }

    /** Where sums are beyond a double, which takes values near its ends, a mean in the range is all that can be said. */
    private static double within(double minimum, double mean, double maximum) {
        return Double.isNaN(mean) ? minimum : Math.max(minimum, Math.min(mean, maximum));
    }

    /** Of the population, as NumPy's {@code var}; 0 without values; infinite where it is beyond a double. */
    public double variance() {
        return count == 0 ? 0 : squares / count;
    }
}

package io.trainyard.tuning.sampler;

/** The standard normal distribution, the same to the last bit on every machine. */
final class Gaussian {

    static final double LOG_SQRT_2_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private static final double SQRT_2_PI = StrictMath.sqrt(2 * Math.PI);

    private static final double[] NUMERATOR = {
        220.206867912376,
        221.213596169931,
        112.079291497871,
        33.912866078383,
        6.37396220353165,
        0.700383064443688,
        3.52624965998911E-02
    };
    private static final double[] DENOMINATOR = {
        440.413735824752,
        793.826512519948,
        637.333633378831,
        296.564248779674,
        86.7807322029461,
        16.064177579207,
        1.75566716318264,
        8.83883476483184E-02
    };

    /** Beyond, the tail is less than half a unit in the last place of 1. */
    private static final double CERTAIN = 8.5;

    private Gaussian() {}

    /** The probability of an interval, exact in its relative error also far from zero. */
    static double mass(double from, double to) {
        if (from < -CERTAIN && to > CERTAIN) {
            return 1;
        }
        return from > 0 ? tail(from) - tail(to) : tail(-to) - tail(-from);
    }

    /**
     * The probability of values above z, to about 15 digits.
     *
     * <p>Hart (1968), algorithm 5666, in the form of West, "Better approximations to cumulative normal functions" (2005).
     */
    static double tail(double z) {
        double size = Math.abs(z);
        double upper = size > 37 ? 0 : Exponential.of(-size * size / 2) * ratio(size);
        return z > 0 ? upper : 1 - upper;
    }

    /** The tail's probability over the density (Mills' ratio), for z from 0. */
    static double mills(double z) {
        return ratio(z) * SQRT_2_PI;
    }

    /** 1 - z mills(z), without loss of digits far from zero. */
    static double millsDeficit(double z) {
        if (z < 50) {
            return 1 - z * mills(z);
        }
        double square = 1 / (z * z);
        return square * (1 - square * (3 - square * 15));
    }

    private static double ratio(double z) {
        if (z < 7.07106781186547) {
            return polynomial(NUMERATOR, z) / polynomial(DENOMINATOR, z);
        }
        double fraction = z + 0.65;
        for (int term = 4; term >= 1; term--) {
            fraction = z + term / fraction;
        }
        return 1 / (fraction * SQRT_2_PI);
    }

    private static double polynomial(double[] coefficients, double z) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * z + coefficients[i];
        }
        return sum;
    }
}

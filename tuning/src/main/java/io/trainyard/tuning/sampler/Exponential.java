package io.trainyard.tuning.sampler;

/** The exponential function, the same to the last bit on every machine and several times faster than {@code StrictMath}. */
final class Exponential {

    private static final double SMALLEST = -708;
    private static final double LARGEST = 709;

    private static final double LN2_HIGH = 0.6931471803691238;
    private static final double LN2_LOW = 1.9082149292705877E-10;
    private static final double INVERSE_LN2 = 1.4426950408889634;

    private static final double P1 = 0.16666666666666602;
    private static final double P2 = -0.0027777777777015593;
    private static final double P3 = 6.613756321437934E-05;
    private static final double P4 = -1.6533902205465252E-06;
    private static final double P5 = 4.1381367970572385E-08;

    private Exponential() {}

    /**
     * e to a power, to about 1 unit in the last place; 0 below -708.
     *
     * <p>Range reduction by ln 2 and the rational Remez approximation of FDLIBM's {@code e_exp.c} (Sun Microsystems 1993). Plain
     * arithmetic only, which Java defines exactly (JEP 306).
     */
    static double of(double power) {
        if (!(power >= SMALLEST)) {
            return Double.isNaN(power) ? power : 0;
        }
        if (power > LARGEST) {
            return Double.POSITIVE_INFINITY;
        }
        int exponent = (int) (power * INVERSE_LN2 + (power < 0 ? -0.5 : 0.5));
        double high = power - exponent * LN2_HIGH;
        double low = exponent * LN2_LOW;
        double rest = high - low;
        double square = rest * rest;
        double even = rest - square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5))));
        double mantissa = 1 - ((low - rest * even / (2 - even)) - high);
        return mantissa * Double.longBitsToDouble((exponent + 1023L) << 52);
    }
}

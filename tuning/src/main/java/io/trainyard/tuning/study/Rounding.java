package io.trainyard.tuning.study;

import java.math.BigDecimal;
import java.math.MathContext;

/** Values to 12 significant digits: two that differ only by the order of a summation become the same. */
final class Rounding {

    private static final MathContext DIGITS = new MathContext(12);

    private Rounding() {}

    static double round(double value) {
        return Double.isFinite(value) ? new BigDecimal(value, DIGITS).doubleValue() : value;
    }
}

package io.trainyard.features.profile;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people. */
final class Figures {

    private static final MathContext DIGITS = new MathContext(3);

    private Figures() {}

    static String of(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        return value == 0
                ? "0"
                : BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    static String percent(double share) {
        return of(100 * share) + " %";
    }
}

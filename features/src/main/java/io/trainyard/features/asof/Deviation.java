package io.trainyard.features.asof;

import java.math.BigInteger;

/**
 * The standard deviation of a sample from exact sums: n Σx² - (Σx)² is computed in integers, so nothing cancels, and only the division
 * and the root are rounded, in twice the precision of a double.
 */
final class Deviation {

    /** Bits of two doubles. */
    private static final int BITS = 106;

    private Deviation() {}

    /** Of at least two finite values. */
    static double of(long count, ExactSum sum, ExactSum squares) {
        int squareUnit = squares.unit();
        int unit = Math.min(squareUnit, 2 * sum.unit());
        BigInteger scaledSquares =
                squares.units().multiply(BigInteger.valueOf(count)).shiftLeft(squareUnit - unit);
        BigInteger scaledSum = sum.units().pow(2).shiftLeft(2 * sum.unit() - unit);
        BigInteger spread = scaledSquares.subtract(scaledSum);
        BigInteger divisor = BigInteger.valueOf(count).multiply(BigInteger.valueOf(count - 1));
        return rootOfQuotient(spread, unit, divisor);
    }

    private static double rootOfQuotient(BigInteger spread, int unit, BigInteger divisor) {
        if (spread.signum() == 0) {
            return 0;
        }
        int shift = 2 * BITS - spread.bitLength() + divisor.bitLength();
        if (((unit - shift) & 1) != 0) {
            shift++;
        }
        BigInteger[] quotient =
                (shift >= 0 ? spread.shiftLeft(shift) : spread.shiftRight(-shift)).divideAndRemainder(divisor);
        BigInteger[] root = quotient[0].sqrtAndRemainder();
        boolean more = quotient[1].signum() != 0 || root[1].signum() != 0 || spread.getLowestSetBit() < -shift;
        // One bit stands for all that was cut off, so that no tie is seen where there is none.
        BigInteger marked = root[0].shiftLeft(1).or(more ? BigInteger.ONE : BigInteger.ZERO);
        return rounded(marked, (unit - shift) / 2 - 1);
    }

    private static double rounded(BigInteger integer, int exponent) {
        ExactSum sum = new ExactSum();
        int digits = 30;
        BigInteger rest = integer;
        BigInteger mask = BigInteger.ONE.shiftLeft(digits).subtract(BigInteger.ONE);
        for (int place = exponent; rest.signum() != 0; place += digits) {
            sum.add(Math.scalb(rest.and(mask).doubleValue(), place));
            rest = rest.shiftRight(digits);
        }
        return sum.value();
    }
}

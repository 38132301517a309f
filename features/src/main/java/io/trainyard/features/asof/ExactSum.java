package io.trainyard.features.asof;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A sum of doubles, or of their squares, without any rounding until it is read. So it depends on what is in it and on nothing else:
 * not on the order in which values came, nor on what came and left.
 *
 * <p>It is a fixed-point number, wide enough for every square, in digits of 32 bits that are kept in longs, so that carries can wait
 * (Kulisch; Neal 2015, "Fast exact summation using small and large superaccumulators"). Only digits that were touched are kept.
 */
final class ExactSum {

    /** The weight of digit 0 is 2 to this power: the square of the least double. */
    private static final int LOWEST = -2148;

    private static final long DIGIT = 0xFFFF_FFFFL;
    private static final int DIGITS_OF_DOUBLE = 3;
    private static final int DIGITS_OF_SQUARE = 5;

    /** So many additions of digits below 2^32 cannot overflow a long. */
    private static final int CARRY_AFTER = 1 << 30;

    private long[] digits = new long[0];
    private int first;
    private int additions;
    private long nans;
    private long positiveInfinities;
    private long negativeInfinities;

    void add(double value) {
        accumulate(value, 1);
    }

    /** Takes out what was put in. */
    void subtract(double value) {
        accumulate(value, -1);
    }

    void addSquare(double value) {
        accumulateSquare(value, 1);
    }

    void subtractSquare(double value) {
        accumulateSquare(value, -1);
    }

    /** The double nearest to the true sum, as IEEE 754 rounds; infinities and NaN as in any order of additions. */
    double value() {
        if (!isFinite()) {
            return nonFinite();
        }
        carry();
        boolean negative = digits.length > 0 && digits[digits.length - 1] < 0;
        double magnitude = nearest(negative ? negated() : digits);
        return negative ? -magnitude : magnitude;
    }

    boolean isFinite() {
        return nans == 0 && positiveInfinities == 0 && negativeInfinities == 0;
    }

    /** The finite part as an integer in units of 2 to the power of {@link #unit()}. */
    BigInteger units() {
        carry();
        boolean negative = digits.length > 0 && digits[digits.length - 1] < 0;
        long[] magnitude = negative ? negated() : digits;
        byte[] bytes = new byte[magnitude.length * Integer.BYTES];
        for (int i = 0; i < magnitude.length; i++) {
            int end = bytes.length - i * Integer.BYTES;
            for (int k = 0; k < Integer.BYTES; k++) {
                bytes[end - 1 - k] = (byte) (magnitude[i] >>> (8 * k));
            }
        }
        return new BigInteger(negative ? -1 : 1, bytes);
    }

    int unit() {
        return LOWEST + first * Integer.SIZE;
    }

    private void accumulate(double value, int sign) {
        long bits = Double.doubleToRawLongBits(value);
        int biased = (int) (bits >>> 52) & 0x7FF;
        if (biased == 0x7FF) {
            countNonFinite(value, sign);
            return;
        }
        long significand = significand(bits, biased);
        if (significand == 0) {
            return;
        }
        int position = exponent(biased) - LOWEST;
        int at = makeRoom(position >>> 5, DIGITS_OF_DOUBLE);
        int shift = position & 31;
        long low = significand << shift;
        long high = significand >>> 1 >>> (63 - shift);
        long signed = bits < 0 ? -sign : sign;
        digits[at] += signed * (low & DIGIT);
        digits[at + 1] += signed * (low >>> 32);
        digits[at + 2] += signed * high;
    }

    private void accumulateSquare(double value, int sign) {
        long bits = Double.doubleToRawLongBits(value);
        int biased = (int) (bits >>> 52) & 0x7FF;
        if (biased == 0x7FF) {
            countNonFinite(value * value, sign);
            return;
        }
        long significand = significand(bits, biased);
        if (significand == 0) {
            return;
        }
        long low = significand * significand;
        long high = Math.multiplyHigh(significand, significand);
        int position = 2 * exponent(biased) - LOWEST;
        int at = makeRoom(position >>> 5, DIGITS_OF_SQUARE);
        int shift = position & 31;
        long word0 = low << shift;
        long word1 = (high << shift) | (low >>> 1 >>> (63 - shift));
        long word2 = high >>> 1 >>> (63 - shift);
        digits[at] += sign * (word0 & DIGIT);
        digits[at + 1] += sign * (word0 >>> 32);
        digits[at + 2] += sign * (word1 & DIGIT);
        digits[at + 3] += sign * (word1 >>> 32);
        digits[at + 4] += sign * word2;
    }

    private static long significand(long bits, int biased) {
        long fraction = bits & ((1L << 52) - 1);
        return biased == 0 ? fraction : fraction | (1L << 52);
    }

    private static int exponent(int biased) {
        return Math.max(biased, 1) - 1075;
    }

    private void countNonFinite(double value, int sign) {
        if (Double.isNaN(value)) {
            nans += sign;
        } else if (value > 0) {
            positiveInfinities += sign;
        } else {
            negativeInfinities += sign;
        }
    }

    private double nonFinite() {
        if (nans > 0 || (positiveInfinities > 0 && negativeInfinities > 0)) {
            return Double.NaN;
        }
        return positiveInfinities > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    /** Where a digit is kept, after making room for it, those above it that a value takes, and one more for carries. */
    private int makeRoom(int digit, int width) {
        if (++additions == CARRY_AFTER) {
            carry();
        }
        int end = digit + width + 1;
        if (digits.length == 0) {
            digits = new long[width + 1];
            first = digit;
        } else if (digit < first || end > first + digits.length) {
            carry();
            int from = Math.min(digit, first);
            resize(from, Math.max(end, first + digits.length + 1));
        }
        return digit - first;
    }

    private void resize(int from, int end) {
        long[] wider = new long[end - from];
        System.arraycopy(digits, 0, wider, first - from, digits.length);
        digits = wider;
        first = from;
        carry();
    }

    /** Leaves every digit in [0, 2^32) but the last, which carries the sign. */
    private void carry() {
        additions = 0;
        long carried = 0;
        for (int i = 0; i < digits.length; i++) {
            long digit = digits[i] + carried;
            carried = digit >> 32;
            digits[i] = i == digits.length - 1 ? digit : digit & DIGIT;
        }
        if (digits.length > 0 && digits[digits.length - 1] != (int) digits[digits.length - 1]) {
            resize(first, first + digits.length + 1);
        }
    }

    private long[] negated() {
        long[] magnitude = new long[digits.length];
        long borrowed = 0;
        for (int i = 0; i < digits.length; i++) {
            long digit = borrowed - digits[i];
            magnitude[i] = i == digits.length - 1 ? digit : digit & DIGIT;
            borrowed = digit >> 32;
        }
        return magnitude;
    }

    /** Rounds to nearest, ties to even, gradual underflow and overflow included. */
    private double nearest(long[] magnitude) {
        int top = magnitude.length - 1;
        while (top >= 0 && magnitude[top] == 0) {
            top--;
        }
        if (top < 0) {
            return 0;
        }
        long next = digit(magnitude, top - 2);
        int free = Integer.numberOfLeadingZeros((int) magnitude[top]);
        long word = ((magnitude[top] << 32 | digit(magnitude, top - 1)) << free) | ((next << free) >>> 32);
        boolean more = ((next << free) & DIGIT) != 0 || anyBelow(magnitude, top - 2);
        int exponent = unit() + (top - 1) * Integer.SIZE - free;
        int dropped = 11 + Math.max(0, Double.MIN_EXPONENT - 52 - (exponent + 11));
        if (dropped > 64) {
            return 0;
        }
        if (dropped == 64) {
            return word != Long.MIN_VALUE || more ? Double.MIN_VALUE : 0;
        }
        long kept = word >>> dropped;
        int half = Long.compare(word & ((1L << dropped) - 1), 1L << (dropped - 1));
        boolean up = half > 0 || (half == 0 && (more || (kept & 1) == 1));
        return scaled(up ? kept + 1 : kept, exponent + dropped);
    }

    private static double scaled(long significand, int exponent) {
        return exponent >= Double.MIN_EXPONENT && exponent <= Double.MAX_EXPONENT
                ? significand * Double.longBitsToDouble((long) (exponent + Double.MAX_EXPONENT) << 52)
                : Math.scalb((double) significand, exponent);
    }

    private static long digit(long[] magnitude, int index) {
        return index < 0 ? 0 : magnitude[index];
    }

    private static boolean anyBelow(long[] magnitude, int end) {
        return end > 0 && Arrays.stream(magnitude, 0, end).anyMatch(digit -> digit != 0);
    }
}

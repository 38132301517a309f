package io.trainyard.registry.encoding;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a raw value means as a number and as a category, the same whether it comes from Spark, JSON or Java.
 *
 * <p>Missing: null and NaN. Accepted: numbers, booleans, text, {@link LocalDate} and {@link Date}, {@link Instant} and
 * {@link Timestamp}.
 */
public final class RawValue {
    private static final double EXACT = 0x1p53;

    /** More digits than any double has. Written out, a decimal such as 1E+999999999 of a request would fill the memory. */
    private static final int MOST_DIGITS = 2_000;

    private RawValue() {}

    /**
     * The text by which a category or class is known; empty when missing. Equal numbers have equal text whatever
     * their type: 5, 5L, 5.0 and {@code new BigDecimal("5.00")} are {@code 5}, and 1e-3 is {@code 0.001}. Booleans
     * are {@code true} and {@code false}; dates and timestamps are in ISO 8601, timestamps in UTC.
     */
    public static Optional<String> text(Object value) {
        return Optional.ofNullable(textOrNull(value));
    }

    /** As {@link #text}, null when missing: for the encoder, which runs this for every value of every row. */
    static String textOrNull(Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        if (value instanceof Number number) {
            return text(number);
        }
        if (value instanceof Date date) {
            return date.toLocalDate().toString();
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toInstant().toString();
        }
        if (value instanceof Boolean
                || value instanceof CharSequence
                || value instanceof LocalDate
                || value instanceof Instant) {
            return value.toString();
        }
        throw new IllegalArgumentException("Cannot use a value of %s as a category: %s"
                .formatted(value.getClass().getName(), value));
    }

    /** As {@link #textOrNull}; {@code name} is the column in the message. */
    static String category(String name, Object value) {
        try {
            return textOrNull(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot encode '%s': %s".formatted(name, e.getMessage()), e);
        }
    }

    private static String text(Number number) {
        double value = number.doubleValue();
        if (Double.isNaN(value)) {
            return null;
        }
        // A BigDecimal may only round to a whole number; the other types are whole when the double is.
        if (value == Math.rint(value) && Math.abs(value) < EXACT && !(number instanceof BigDecimal)) {
            return Long.toString((long) value);
        }
        if (Double.isInfinite(value) && (number instanceof Double || number instanceof Float)) {
            return number.toString();
        }
        BigDecimal decimal = new BigDecimal(number.toString()).stripTrailingZeros();
        return Math.abs((long) decimal.scale()) > MOST_DIGITS ? decimal.toString() : decimal.toPlainString();
    }

    /**
     * The value as a number, NaN when missing: booleans as 0 and 1, dates as days and timestamps as seconds since
     * 1970.
     *
     * @throws IllegalArgumentException for text and anything else; {@code name} is the column in the message
     */
    static double number(String name, Object value) {
        if (value == null) {
            return Double.NaN;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof Date date) {
            return date.toLocalDate().toEpochDay();
        }
        if (value instanceof LocalDate date) {
            return date.toEpochDay();
        }
        if (value instanceof Timestamp timestamp) {
            return seconds(timestamp.toInstant());
        }
        if (value instanceof Instant instant) {
            return seconds(instant);
        }
        throw new IllegalArgumentException("Cannot encode '%s': expected a number and found %s '%s'"
                .formatted(name, value.getClass().getSimpleName(), value));
    }

    static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }
}

package io.trainyard.jobs.config.binding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What may stand at one place of the file: read off the records by {@link Shapes}, used by the binder and the schema. */
sealed interface Shape {
    /** A scalar within its limits. */
    record Single(ScalarType type, Limits limits) implements Shape {}

    /** One name of a closed set, in lower case. */
    record Choice(Class<? extends Enum<?>> type) implements Shape {
        List<String> names() {
            return Arrays.stream(type.getEnumConstants()).map(Choice::name).toList();
        }

        static String name(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }

    /** A list; a lone item stands for a list of one. */
    record Listing(Shape item, Limits size) implements Shape {}

    /**
     * Keys of the user's choice, in the order of the file.
     *
     * @param columnNames whether a list of columns may stand for it
     * @param loneKey the key that a lone scalar stands for
     */
    record Table(Shape key, Shape value, Limits size, boolean columnNames, Optional<String> loneKey) implements Shape {
        /** What the file should hold, for {@code expected …, found …}. */
        String expected() {
            if (columnNames) {
                return "a mapping of names to SQL expressions, or a list of columns";
            }
            return loneKey.isPresent() ? "a text, or a mapping of keys" : "a mapping of keys";
        }
    }

    /** The keys of one record. */
    record Group(Class<? extends Record> type, List<Field> fields, ShortKeys shortKeys) implements Shape {
        List<String> keys() {
            return fields.stream().map(Field::key).toList();
        }
    }

    /**
     * One of several groups.
     *
     * @param chooser the key that says which one; empty when the keys that are given say it
     * @param groups by the chooser's value, or by the key that only this group has
     */
    record OneOf(Class<?> type, Optional<String> chooser, Map<String, Group> groups, ShortKeys shortKeys)
            implements Shape {}

    /** A key of a record; required when it has neither a fallback nor an {@code Optional} type. */
    record Field(String key, Shape shape, boolean optional, Optional<String> fallback, String description) {
        boolean required() {
            return !optional && fallback.isEmpty();
        }
    }

    /** The keys that a lone scalar or list stands for. */
    record ShortKeys(Optional<String> scalar, Optional<String> list) {
        List<String> keys() {
            return Stream.of(scalar, list).flatMap(Optional::stream).toList();
        }
    }

    /** Bounds of a number or of a number of entries, and the pattern of a text. */
    record Limits(double min, double max, Optional<TextPattern> pattern) {
        static final Limits NONE = new Limits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Optional.empty());

        boolean hold(double number) {
            return min <= number && number <= max;
        }

        /** The bounds in words, after "expected": {@code a number from 0 to 1}. */
        String numberWords() {
            if (min == max) {
                return number(min);
            }
            if (max == Double.POSITIVE_INFINITY) {
                return "a number of at least " + number(min);
            }
            return min == Double.NEGATIVE_INFINITY
                    ? "a number of at most " + number(max)
                    : "a number from " + number(min) + " to " + number(max);
        }

        private static String number(double bound) {
            return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
        }
    }

    /** A pattern and what it means to people. */
    record TextPattern(String pattern, String meaning) {}
}

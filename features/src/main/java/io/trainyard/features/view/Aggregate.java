package io.trainyard.features.view;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an aggregate view computes of the rows in a window.
 *
 * @param function how values become one
 * @param argument SQL over one row of the view's source; empty for {@code count(*)} and {@code time_since_last()}
 */
public record Aggregate(Function function, Optional<String> argument) {

    private static final Pattern CALL = Pattern.compile("\\s*([A-Za-z_]+)\\s*\\((.*)\\)\\s*", Pattern.DOTALL);
    private static final Pattern DISTINCT =
            Pattern.compile("\\s*distinct\\b(.*)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /** Functions by the names that Spark's SQL has for them, but for {@link #TIME_SINCE_LAST}. */
    public enum Function {
        /** Rows, or values that are not null; 0 where there are none. */
        COUNT,
        /** Different values, null left out; 0 where there are none. Written {@code count(distinct …)}. */
        COUNT_DISTINCT,
        /** Sum of the values that are not null; null where there are none. */
        SUM,
        /** Mean of the values that are not null; null where there are none. */
        AVG,
        /** Least value; null where there is none. */
        MIN,
        /** Greatest value; null where there is none. */
        MAX,
        /** Standard deviation of the sample, with n - 1; null below two values. */
        STDDEV,
        /** Value of the oldest row, null or not; null where there is no row. */
        FIRST,
        /** Value of the newest row, null or not; null where there is no row. */
        LAST,
        /** Seconds since the newest row; null where there is none. */
        TIME_SINCE_LAST;

        private static final Map<String, Function> OTHER_NAMES =
                Map.of("mean", AVG, "stddev_samp", STDDEV, "std", STDDEV, "first_value", FIRST, "last_value", LAST);

        static Optional<Function> named(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(function ->
                            function != COUNT_DISTINCT && function.sql().equals(lower))
                    .findFirst()
                    .or(() -> Optional.ofNullable(OTHER_NAMES.get(lower)));
        }

        /** All names, for messages. */
        public static String names() {
            return Arrays.stream(values())
                    .map(function -> function == COUNT_DISTINCT ? "count(distinct …)" : function.sql())
                    .collect(Collectors.joining(", "));
        }

        private String sql() {
            return name().toLowerCase(Locale.ROOT);
        }

        private boolean takesNothing() {
            return this == TIME_SINCE_LAST;
        }
    }

    public Aggregate {
        argument.ifPresent(sql -> Source.requireText("argument of " + function.sql(), sql));
        if (function.takesNothing() && argument.isPresent()) {
            throw new IllegalArgumentException(
                    "%s() takes no argument, but found '%s': remove it".formatted(function.sql(), argument.get()));
        }
        if (!function.takesNothing() && function != Function.COUNT && argument.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s needs an argument: say of what, as in %1$s(amount)".formatted(function.sql()));
        }
    }

    /**
     * Reads a call such as {@code avg(amount)}, {@code count(*)} or {@code count(distinct merchant)}. The argument is not looked into.
     *
     * @throws IllegalArgumentException if it is not one call of a function known here
     */
    public static Aggregate parse(String text) {
        Matcher call = CALL.matcher(text);
        if (!call.matches() || !closesLast(text)) {
            throw new IllegalArgumentException(
                    "expected one function over the rows of a window, such as avg(amount) or count(*), found '%s'; compute what goes in inside of it, and what comes of it in a feature"
                            .formatted(text));
        }
        Function function = Function.named(call.group(1))
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown function '%s' (known: %s)".formatted(call.group(1), Function.names())));
        String inside = call.group(2);
        Matcher distinct = DISTINCT.matcher(inside);
        if (function == Function.COUNT && distinct.matches()) {
            return new Aggregate(Function.COUNT_DISTINCT, argument(distinct.group(1)));
        }
        return new Aggregate(
                function,
                inside.strip().equals("*") && function == Function.COUNT ? Optional.empty() : argument(inside));
    }

    private static Optional<String> argument(String text) {
        return Optional.of(text.strip()).filter(argument -> !argument.isEmpty());
    }

    /** Whether the first parenthesis closes with the text's last: {@code sum(a) / sum(b)} is no single call. */
    private static boolean closesLast(String text) {
        int depth = 0;
        char quote = 0;
        String stripped = text.strip();
        for (int i = 0; i < stripped.length(); i++) {
            char letter = stripped.charAt(i);
            if (quote != 0) {
                if (letter == '\\' && quote != '`') {
                    i++;
                } else if (letter == quote) {
                    quote = 0;
                }
            } else if (letter == '\'' || letter == '"' || letter == '`') {
                quote = letter;
            } else if (letter == '(') {
                depth++;
            } else if (letter == ')' && --depth == 0) {
                return i == stripped.length() - 1;
            }
        }
        return false;
    }

    /** As it is declared. */
    @Override
    public String toString() {
        String inside = argument.orElse(function == Function.COUNT ? "*" : "");
        return function == Function.COUNT_DISTINCT
                ? "count(distinct %s)".formatted(inside)
                : "%s(%s)".formatted(function.sql(), inside);
    }
}

package io.trainyard.features.view;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What must hold of the rows of a source or a feature table before they become a version. */
public sealed interface Test {

    /** What happens to rows that fail, and how many of them may. */
    Reaction reaction();

    /** The test as a user would say it, to be read after "must be" or in a report: {@code not_null customer_id}. */
    String describe();

    /** What a failing row leads to. */
    enum Action {
        /** The row stays; the report says so. */
        WARN,
        /** The row is left out. */
        DROP,
        /** The row is left out and kept in the quarantine table, with the test that it failed. */
        QUARANTINE,
        /** The build fails. */
        FAIL
    }

    /**
     * @param action on a failing row; tests of a whole table can only warn or fail
     * @param maxShare share of failing rows, in [0, 1], beyond which the build fails whatever the action
     */
    record Reaction(Action action, double maxShare) {
        public static final Reaction FAIL = new Reaction(Action.FAIL, 0);

        public Reaction {
            if (!(maxShare >= 0 && maxShare <= 1)) {
                throw new IllegalArgumentException("A share is from 0 to 1, but max_share is " + maxShare);
            }
        }

        /** The action, with the usual bound: none, but for FAIL, which bears no failing row. */
        public static Reaction of(Action action) {
            return new Reaction(action, action == Action.FAIL ? 0 : 1);
        }
    }

    /** Whether rows fail one by one; otherwise the table as a whole does. */
    default boolean ofRows() {
        return !(this instanceof RowCount || this instanceof Freshness);
    }

    /** No null in any of the columns. */
    record NotNull(List<String> columns, Reaction reaction) implements Test {
        public NotNull {
            columns = some(columns);
        }

        @Override
        public String describe() {
            return "not_null " + String.join(", ", columns);
        }
    }

    /** No two rows with equal values in all of the columns; of equal rows the first, by event time, passes. Nulls are equal to nothing. */
    record Unique(List<String> columns, Reaction reaction) implements Test {
        public Unique {
            columns = some(columns);
        }

        @Override
        public String describe() {
            return "unique " + String.join(", ", columns);
        }
    }

    /** A number from {@code min} to {@code max}, both inclusive; null passes, NaN fails. */
    record Range(String column, Optional<Double> min, Optional<Double> max, Reaction reaction) implements Test {
        public Range {
            Source.requireText("column of a test", column);
            if (min.isEmpty() && max.isEmpty()) {
                throw new IllegalArgumentException("A range of '%s' needs a min, a max or both".formatted(column));
            }
        }

        @Override
        public String describe() {
            return "range %s%s%s"
                    .formatted(
                            column,
                            min.map(" min %s"::formatted).orElse(""),
                            max.map(" max %s"::formatted).orElse(""));
        }
    }

    /** One of these values, compared as text; null passes. */
    record InSet(String column, Set<String> values, Reaction reaction) implements Test {
        public InSet {
            Source.requireText("column of a test", column);
            values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
        }

        @Override
        public String describe() {
            return "in_set %s %s".formatted(column, values);
        }
    }

    /** A text that the regular expression matches as a whole; null passes. */
    record Matches(String column, String pattern, Reaction reaction) implements Test {
        public Matches {
            Source.requireText("column of a test", column);
        }

        @Override
        public String describe() {
            return "matches %s %s".formatted(column, pattern);
        }
    }

    /** A value that some row of another source has; null passes. */
    record References(String column, Source source, String key, Reaction reaction) implements Test {
        public References {
            Source.requireText("column of a test", column);
            Source.requireText("referenced column of a test", key);
        }

        @Override
        public String describe() {
            return "references %s in %s.%s".formatted(column, source.name(), key);
        }
    }

    /** A condition in SQL over one row; a row passes unless it is false. */
    record Sql(String condition, Reaction reaction) implements Test {
        public Sql {
            Source.requireText("condition of a test", condition);
        }

        @Override
        public String describe() {
            return "sql " + condition;
        }
    }

    /** Number of rows, from {@code min} to {@code max}, both inclusive. */
    record RowCount(OptionalLong min, OptionalLong max, Reaction reaction) implements Test {
        public RowCount {
            requireWhole(reaction, "row_count");
        }

        @Override
        public String describe() {
            return "row_count"
                    + (min.isPresent() ? " min " + min.getAsLong() : "")
                    + (max.isPresent() ? " max " + max.getAsLong() : "");
        }
    }

    /** The newest row is at most so old at the logical time of the build. */
    record Freshness(Duration maxAge, Reaction reaction) implements Test {
        public Freshness {
            requireWhole(reaction, "freshness");
        }

        @Override
        public String describe() {
            return "freshness " + maxAge;
        }
    }

    private static List<String> some(List<String> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("A test needs columns");
        }
        return List.copyOf(columns);
    }

    private static void requireWhole(Reaction reaction, String test) {
        if (reaction.action() == Action.DROP || reaction.action() == Action.QUARANTINE) {
            throw new IllegalArgumentException(
                    "%s holds or fails for the table as a whole, so no row can be left out for it: use warn or fail"
                            .formatted(test));
        }
    }
}

package io.trainyard.jobs.config;

import io.trainyard.features.view.Test.Action;
import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Key;
import io.trainyard.jobs.config.binding.Range;
import io.trainyard.jobs.config.binding.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What must hold of the rows of a source or of a feature table. */
@Description("a test of rows: not_null, unique, range, in_set, matches, references, sql, row_count or freshness")
public sealed interface TestConfig extends Checked {
    /** What follows when it does not hold. */
    Action orElse();

    /** The share of failing rows that is borne; empty for the usual one. */
    default Optional<Double> maxShare() {
        return Optional.empty();
    }

    /** What does not fit in the keys that only this test has. */
    default List<Flaw> ownFlaws() {
        return List.of();
    }

    @Override
    default List<Flaw> flaws() {
        List<Flaw> flaws = new ArrayList<>(ownFlaws());
        if (orElse() == Action.FAIL && maxShare().isPresent()) {
            flaws.add(
                    new Flaw(
                            "max_share",
                            "has no effect where any failing row fails the build: remove it, or add 'else: warn', 'drop' or 'quarantine'"));
        }
        return flaws;
    }

    /** No null in any of the columns. */
    @Variant("not_null")
    record NotNull(
            @Description("columns without nulls") @Range(min = 1)
            List<String> notNull,

            @Description(Reactions.OF_ROWS) @Default("fail") @Key("else")
            Action orElse,

            @Description(Reactions.MAX_SHARE) @Range(min = 0, max = 1)
            Optional<Double> maxShare)
            implements TestConfig {
        public NotNull {
            notNull = List.copyOf(notNull);
        }
    }

    /** No two rows with equal values in all of the columns. */
    @Variant("unique")
    record Unique(
            @Description("columns whose values, taken together, no two rows share") @Range(min = 1)
            List<String> unique,

            @Description(Reactions.OF_ROWS) @Default("fail") @Key("else")
            Action orElse,

            @Description(Reactions.MAX_SHARE) @Range(min = 0, max = 1)
            Optional<Double> maxShare)
            implements TestConfig {
        public Unique {
            unique = List.copyOf(unique);
        }
    }

    /** A number between two bounds, both inclusive. */
    @Variant("range")
    record Between(
            @Description("column with numbers between 'min' and 'max'; nulls pass")
            String range,

            @Description("lowest value") Optional<Double> min,
            @Description("highest value") Optional<Double> max,

            @Description(Reactions.OF_ROWS) @Default("fail") @Key("else")
            Action orElse,

            @Description(Reactions.MAX_SHARE) @Range(min = 0, max = 1)
            Optional<Double> maxShare)
            implements TestConfig {
        @Override
        public List<Flaw> ownFlaws() {
            return boundFlaws("", "range", min, max);
        }
    }

    /** One of these values. */
    @Variant("in_set")
    record InSet(
            @Description("column whose values are among 'values'; nulls pass")
            String inSet,

            @Description("the values that may occur") @Range(min = 1)
            List<String> values,

            @Description(Reactions.OF_ROWS) @Default("fail") @Key("else")
            Action orElse,

            @Description(Reactions.MAX_SHARE) @Range(min = 0, max = 1)
            Optional<Double> maxShare)
            implements TestConfig {
        public InSet {
            values = List.copyOf(values);
        }
    }

    /** A text of one form. */
    @Variant("matches")
    record OfForm(
            @Description("column whose texts match 'pattern'; nulls pass")
            String matches,

            @Description("regular expression for the whole text")
            String pattern,

            @Description(Reactions.OF_ROWS) @Default("fail") @Key("else")
            Action orElse,

            @Description(Reactions.MAX_SHARE) @Range(min = 0, max = 1)
            Optional<Double> maxShare)
            implements TestConfig {
        @Override
        public List<Flaw> ownFlaws() {
            try {
                Pattern.compile(pattern);
                return List.of();
            } catch (PatternSyntaxException broken) {
                return List.of(new Flaw(
                        "pattern",
                        "'%s' is no regular expression: %s near position %d"
                                .formatted(pattern, broken.getDescription().strip(), broken.getIndex() + 1)));
            }
        }
    }

    /** A value that some row of another source has. */
    @Variant("references")
    record References(
            @Description("column whose values are found in another source; nulls pass")
            String references,

            @Description("source with the values") String in,

            @Description("column of that source; by default of the same name")
            Optional<String> key,

            @Description(Reactions.OF_ROWS) @Default("fail") @Key("else")
            Action orElse,

            @Description(Reactions.MAX_SHARE) @Range(min = 0, max = 1)
            Optional<Double> maxShare)
            implements TestConfig {}

    /** A condition on one row. */
    @Variant("sql")
    record Condition(
            @Description("condition in SQL over one row; a row passes unless it is false")
            String sql,

            @Description(Reactions.OF_ROWS) @Default("fail") @Key("else")
            Action orElse,

            @Description(Reactions.MAX_SHARE) @Range(min = 0, max = 1)
            Optional<Double> maxShare)
            implements TestConfig {}

    /** A number of rows. */
    @Variant("row_count")
    record RowCount(
            @Description("how many rows there are") Rows rowCount,

            @Description(Reactions.OF_TABLE) @Default("fail") @Key("else")
            Action orElse)
            implements TestConfig {
        @Override
        public List<Flaw> ownFlaws() {
            List<Flaw> flaws = new ArrayList<>(boundFlaws("row_count.", "row_count", rowCount.min(), rowCount.max()));
            flaws.addAll(wholeFlaws("row_count", orElse));
            return flaws;
        }
    }

    /** The age of the newest row. */
    @Variant("freshness")
    record Freshness(
            @Description("how old the newest row may be, at the logical time of the run")
            Duration freshness,

            @Description(Reactions.OF_TABLE) @Default("fail") @Key("else")
            Action orElse)
            implements TestConfig {
        @Override
        public List<Flaw> ownFlaws() {
            return wholeFlaws("freshness", orElse);
        }
    }

    /** Bounds of a number of rows, both inclusive. */
    @Description("bounds of the number of rows")
    record Rows(
            @Description("least number of rows") @Range(min = 0)
            Optional<Long> min,

            @Description("greatest number of rows") @Range(min = 0)
            Optional<Long> max) {}

    private static List<Flaw> boundFlaws(
            String prefix, String test, Optional<? extends Number> min, Optional<? extends Number> max) {
        if (min.isEmpty() && max.isEmpty()) {
            return List.of(new Flaw(test, "allows everything: add 'min', 'max' or both"));
        }
        if (min.isPresent()
                && max.isPresent()
                && min.get().doubleValue() > max.get().doubleValue()) {
            return List.of(
                    new Flaw(prefix + "max", "must not be below 'min' (%s), found %s".formatted(min.get(), max.get())));
        }
        return List.of();
    }

    private static List<Flaw> wholeFlaws(String test, Action action) {
        return action == Action.DROP || action == Action.QUARANTINE
                ? List.of(new Flaw(
                        "else",
                        "%s holds or fails for the table as a whole, so that no row can be left out for it: use warn or fail"
                                .formatted(test)))
                : List.of();
    }
}

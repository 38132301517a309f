package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked.Flaw;
import io.trainyard.jobs.config.binding.ChosenBy;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Range;
import io.trainyard.jobs.config.binding.ShortForm;
import io.trainyard.jobs.config.binding.Variant;
import java.time.Instant;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows fit, which choose, and which judge. What it permits is spelt out, since files and messages name it in that order: javac infers
 * it in the order in which it happens to meet the records.
 */
@ChosenBy("by")
@ShortForm(scalar = "by")
@Description("the split into train, validation and test; a lone text is its kind")
public sealed interface SplitConfig permits SplitConfig.Hash, SplitConfig.Column, SplitConfig.Time {
    /** What does not fit, given whether the test rows are a source of their own; keys are those of the training section. */
    List<Flaw> flawsWith(boolean ownTestRows);

    /** In how many folds the search fits and judges a trial; 1 for a holdout. */
    int numberOfFolds();

    /** The key that could keep rows together and does not. */
    default Optional<String> ungrouped() {
        return this instanceof Hash hash && hash.on().isEmpty() ? Optional.of("split.on") : Optional.empty();
    }

    /** By a hash of the key, or of a column whose rows stay together. */
    @Variant("hash")
    record Hash(
            @Description(
                    "share of the rows that choose among trials; 0.2 by default, and each fold's where there are folds")
            @Range(min = 0, max = 1)
            Optional<Double> validation,

            @Description("number of folds: each chooses among trials that are fitted on all others")
            @Range(min = 2, max = 31)
            Optional<Integer> folds,

            @Description("give each fold the same share of every label") @Default("false")
            boolean stratify,

            @Description("share of the rows that judge the final model; 0.2 by default, 0 with test_rows")
            @Range(min = 0, max = 1)
            Optional<Double> test,

            @Description("another seed is another split") @Default("0")
            long seed,

            @Description("column whose rows of equal value stay together; by default the key")
            Optional<String> on)
            implements SplitConfig {

        @Override
        public int numberOfFolds() {
            return folds.orElse(1);
        }

        /** The share of the rows that choose among trials, where there is no fold. */
        public double validationShare() {
            return validation.orElse(0.2);
        }

        /** The share of the test rows, 0 where they are a source of their own. */
        public double testShare(boolean ownTestRows) {
            return test.orElse(ownTestRows ? 0.0 : 0.2);
        }

        @Override
        public List<Flaw> flawsWith(boolean ownTestRows) {
            List<Flaw> flaws = new ArrayList<>();
            double share = testShare(ownTestRows);
            flaws.addAll(foldFlaws());
            if (numberOfFolds() == 1 && validationShare() == 0) {
                flaws.add(new Flaw(
                        "split.validation", "must be above 0: without validation rows no trial can be judged"));
            }
            if (ownTestRows && share > 0) {
                flaws.add(new Flaw("split.test", "the test rows come from 'test_rows': remove one of the two"));
            }
            if (!ownTestRows && share == 0) {
                flaws.add(new Flaw("split.test", "must be above 0, unless 'test_rows' names a source of its own"));
            }
            if (numberOfFolds() == 1 && validationShare() + share >= 1) {
                flaws.add(new Flaw(
                        "split.validation",
                        "validation %s and test %s leave no rows to train on: their sum must be below 1"
                                .formatted(validationShare(), share)));
            }
            if (numberOfFolds() > 1 && share == 1) {
                flaws.add(new Flaw("split.test", "leaves no rows to train on: it must be below 1"));
            }
            return flaws;
        }

        private List<Flaw> foldFlaws() {
            List<Flaw> flaws = new ArrayList<>();
            if (numberOfFolds() > 1 && validation.isPresent()) {
                flaws.add(new Flaw(
                        "split.validation", "does not go with 'folds', of which each validates in turn: remove it"));
            }
            if (numberOfFolds() == 1 && stratify) {
                flaws.add(new Flaw("split.stratify", "shares labels among folds: add 'folds', or remove it"));
            }
            if (stratify && on.isPresent()) {
                flaws.add(new Flaw(
                        "split.stratify",
                        "cannot share labels evenly among folds where rows of one '%s' stay together: remove one of the two"
                                .formatted(on.get())));
            }
            return flaws;
        }
    }

    /** By the values of a column. */
    @Variant("column")
    record Column(
            @Description("column that says which part a row belongs to")
            String column,

            @Description("values of the rows to train on; none with folds") @Default("[]")
            List<String> train,

            @Description("values of the rows that choose among trials; none with folds") @Default("[]")
            List<String> validation,

            @Description("values whose rows are a fold each: it chooses among trials that are fitted on all others")
            @Default("[]")
            List<String> folds,

            @Description("values of the rows that judge the final model; none with test_rows") @Default("[]")
            List<String> test)
            implements SplitConfig {

        public Column {
            train = List.copyOf(train);
            validation = List.copyOf(validation);
            folds = List.copyOf(folds);
            test = List.copyOf(test);
        }

        @Override
        public List<Flaw> flawsWith(boolean ownTestRows) {
            List<Flaw> flaws = new ArrayList<>();
            if (ownTestRows && !test.isEmpty()) {
                flaws.add(new Flaw("split.test", "the test rows come from 'test_rows': remove one of the two"));
            }
            if (!ownTestRows && test.isEmpty()) {
                flaws.add(new Flaw("split", "lacks 'test': name its values, or a source of its own in 'test_rows'"));
            }
            flaws.addAll(partFlaws());
            Set<String> seen = new HashSet<>(train);
            folds.stream().filter(value -> !seen.add(value)).forEach(value -> flaws.add(twice("folds", value)));
            validation.stream()
                    .filter(value -> !seen.add(value))
                    .forEach(value -> flaws.add(twice("validation", value)));
            test.stream().filter(value -> !seen.add(value)).forEach(value -> flaws.add(twice("test", value)));
            return flaws;
        }

        private List<Flaw> partFlaws() {
            List<Flaw> flaws = new ArrayList<>();
            if (!folds.isEmpty()) {
                if (folds.size() < 2 || folds.size() > 31) {
                    flaws.add(new Flaw(
                            "split.folds", "names %d values: from 2 to 31 are needed".formatted(folds.size())));
                }
                if (!train.isEmpty() || !validation.isEmpty()) {
                    flaws.add(new Flaw(
                            "split.folds", "does not go with 'train' and 'validation': keep one or the other"));
                }
                return flaws;
            }
            if (train.isEmpty()) {
                flaws.add(new Flaw("split", "lacks 'train': name its values, or those of 'folds'"));
            }
            if (validation.isEmpty()) {
                flaws.add(new Flaw("split", "lacks 'validation': name its values, or those of 'folds'"));
            }
            return flaws;
        }

        @Override
        public int numberOfFolds() {
            return Math.max(1, folds.size());
        }

        private static Flaw twice(String part, String value) {
            return new Flaw("split." + part, "value '%s' is already in another part: keep it in one".formatted(value));
        }
    }

    /**
     * By event time: a window of length {@code train} ends {@code gap} before what it is judged on, and validation ends
     * {@code gap} before the test. Lengths in days and weeks are periods of the calendar, others are clock time.
     */
    @Variant("time")
    record Time(
            @Description("length of the window to train on") TemporalAmount train,

            @Description("time between a window and what it is judged on, in which labels become known") @Default("0 s")
            TemporalAmount gap,

            @Description("length of a window that chooses among trials")
            TemporalAmount validation,

            @Description("number of such windows, one after the other, each with its own window to train on before it")
            @Default("1")
            @Range(min = 1, max = 31)
            int folds,

            @Description("window that judges the final model")
            TimeWindow test,

            @Description(
                    "column, such as the entity, whose values with a positive label that is already known are not judged again")
            Optional<String> dropKnown)
            implements SplitConfig {

        @Override
        public int numberOfFolds() {
            return folds;
        }

        @Override
        public List<Flaw> flawsWith(boolean ownTestRows) {
            List<Flaw> flaws = new ArrayList<>();
            if (isNothing(train)) {
                flaws.add(new Flaw("split.train", "must be longer than nothing"));
            }
            if (isNothing(validation)) {
                flaws.add(new Flaw("split.validation", "must be longer than nothing"));
            }
            if (!test.from().isBefore(test.to())) {
                flaws.add(new Flaw(
                        "split.test.to", "must be after 'from' (%s), found %s".formatted(test.from(), test.to())));
            }
            if (ownTestRows) {
                flaws.add(
                        new Flaw(
                                "split.by",
                                "a split by time takes its test from its own window: remove 'test_rows', or split by hash or column"));
            }
            return flaws;
        }

        private static boolean isNothing(TemporalAmount length) {
            return length.getUnits().stream().allMatch(unit -> length.get(unit) == 0);
        }
    }

    /** The times from {@code from}, inclusive, to {@code to}, exclusive. */
    @Description("a window of time")
    record TimeWindow(
            @Description("first moment of the window") Instant from,
            @Description("first moment after the window") Instant to) {}
}

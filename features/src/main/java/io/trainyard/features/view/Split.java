package io.trainyard.features.view;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which rows train, which validate, which test. */
public sealed interface Split
        permits Split.HashSplit, Split.FoldSplit, Split.ColumnSplit, Split.ColumnFoldSplit, Split.TimeSplit {

    /** The most folds that a search may have: one bit each says where a row trains, and where it validates. */
    int MAX_FOLDS = 31;

    /** The split and its numbers, to be read after "split": {@code by hash (validation 0.2, test 0.1)}. */
    String describe();

    /** How often the search fits and judges a configuration, each time on other rows: 1 is a holdout. */
    default int folds() {
        return 1;
    }

    /** Whether it gives some of the rows to the test. */
    boolean tests();

    private static void requireFolds(int folds) {
        if (folds < 2 || folds > MAX_FOLDS) {
            throw new IllegalArgumentException("Cannot search over %d folds: from 2 to %d".formatted(folds, MAX_FOLDS));
        }
    }

    /**
     * By a hash of the row's key, or of a column, so that a row keeps its part whatever rows come and go around it.
     *
     * @param validation share of the rows, in (0, 1)
     * @param test share of the rows, in [0, 1); 0 only where the test rows are a source of their own
     * @param seed another seed is another split
     * @param on rows that share a value of this column stay in one part; rows without a value are on their own
     */
    record HashSplit(double validation, double test, long seed, Optional<String> on) implements Split {
        public HashSplit {
            if (!(validation > 0 && test >= 0 && validation + test < 1)) {
                throw new IllegalArgumentException(
                        "Cannot split with shares validation %s and test %s: give a validation share above 0, a test share, and leave some to train"
                                .formatted(validation, test));
            }
            on.ifPresent(column -> Source.requireText("column to split on", column));
        }

        @Override
        public boolean tests() {
            return test > 0;
        }

        @Override
        public String describe() {
            return "by hash%s (validation %s, test %s)".formatted(ofColumn(on), validation, test);
        }
    }

    /**
     * Into folds by a hash, as {@link HashSplit}: each fold validates what is fitted on all others.
     *
     * @param folds how many, at least 2
     * @param test share of the rows, in [0, 1); 0 only where the test rows are a source of their own
     * @param seed another seed is another split
     * @param on rows that share a value of this column stay in one fold; rows without a value are on their own
     * @param stratified each fold has the same share of each label, to within a row; a row's fold then depends on the other rows of its
     *     label, and rows of one value of a column cannot stay together
     */
    record FoldSplit(int folds, double test, long seed, Optional<String> on, boolean stratified) implements Split {
        public FoldSplit {
            requireFolds(folds);
            if (!(test >= 0 && test < 1)) {
                throw new IllegalArgumentException(
                        "Cannot split with a test share of %s: it must be from 0 to below 1".formatted(test));
            }
            if (stratified && on.isPresent()) {
                throw new IllegalArgumentException(
                        "Cannot keep rows of one '%s' together and stratify their labels: choose one"
                                .formatted(on.get()));
            }
            on.ifPresent(column -> Source.requireText("column to split on", column));
        }

        @Override
        public boolean tests() {
            return test > 0;
        }

        @Override
        public String describe() {
            return "by hash%s (%d%s folds, test %s)"
                    .formatted(ofColumn(on), folds, stratified ? " stratified" : "", test);
        }
    }

    private static String ofColumn(Optional<String> on) {
        return on.map(" of column '%s'"::formatted).orElse("");
    }

    /**
     * By the values of a column; rows with any other value belong to no part.
     *
     * @param test empty only where the test rows are a source of their own
     */
    record ColumnSplit(String column, Set<String> train, Set<String> validation, Set<String> test) implements Split {
        public ColumnSplit {
            Source.requireText("column to split by", column);
            train = Set.copyOf(train);
            validation = Set.copyOf(validation);
            test = Set.copyOf(test);
            if (train.isEmpty() || validation.isEmpty()) {
                throw new IllegalArgumentException(
                        "Cannot split by column '%s': name at least one value that trains (%s) and one that validates (%s)"
                                .formatted(column, train, validation));
            }
            Set<String> all = new TreeSet<>(train);
            all.addAll(validation);
            all.addAll(test);
            if (all.size() < train.size() + validation.size() + test.size()) {
                throw new IllegalArgumentException(
                        "Cannot split by column '%s': a value is in two parts (train %s, validation %s, test %s)"
                                .formatted(column, train, validation, test));
            }
        }

        @Override
        public boolean tests() {
            return !test.isEmpty();
        }

        @Override
        public String describe() {
            return "by column '%s' (train %s, validation %s, test %s)"
                    .formatted(column, new TreeSet<>(train), new TreeSet<>(validation), new TreeSet<>(test));
        }
    }

    /**
     * Into folds by the values of a column: the rows of each value validate what is fitted on those of the others. Rows with any
     * other value belong to no part.
     *
     * @param values of the folds, in their order
     * @param test empty only where the test rows are a source of their own
     */
    record ColumnFoldSplit(String column, List<String> values, Set<String> test) implements Split {
        public ColumnFoldSplit {
            Source.requireText("column to split by", column);
            values = List.copyOf(values);
            test = Set.copyOf(test);
            requireFolds(values.size());
            Set<String> all = new TreeSet<>(values);
            all.addAll(test);
            if (all.size() < values.size() + test.size()) {
                throw new IllegalArgumentException(
                        "Cannot split by column '%s': a value is in two parts (folds %s, test %s)"
                                .formatted(column, values, new TreeSet<>(test)));
            }
        }

        @Override
        public int folds() {
            return values.size();
        }

        @Override
        public boolean tests() {
            return !test.isEmpty();
        }

        @Override
        public String describe() {
            return "by column '%s' (folds %s, test %s)".formatted(column, values, new TreeSet<>(test));
        }
    }

    /**
     * By event time, in windows that slide up to the test. A window to fit on ends {@code gap} before what it is judged on: the
     * validation window ends {@code gap} before the test, the search trains on the window that ends {@code gap} before the
     * validation, and the final fit trains on the window that ends {@code gap} before the test. Windows include their start
     * and exclude their end.
     *
     * <p>With several folds the validation windows follow each other, the last one as above, each with its own window to fit on
     * (forward chaining). Whatever the gap, no fold and no fit trains on a label that was not known when what is judged begins.
     *
     * @param train length of a window to fit on: a {@link Period} in calendar days or a {@link Duration}
     * @param gap time that labels need to become known; may be zero
     * @param validation length of a validation window
     * @param folds how many validation windows there are
     * @param testFrom start of the test window, in the pipeline's time zone
     * @param testTo end of the test window, exclusive
     * @param dropKnown a column; from what is judged, rows are dropped whose value of it had a positive label since the start of the
     *     window to fit on that was known at the start of the row's day
     */
    record TimeSplit(
            TemporalAmount train,
            TemporalAmount gap,
            TemporalAmount validation,
            int folds,
            LocalDateTime testFrom,
            LocalDateTime testTo,
            Optional<String> dropKnown)
            implements Split {

        private static final LocalDateTime ANY = LocalDateTime.of(2000, 1, 1, 0, 0);

        public TimeSplit {
            if (folds != 1) {
                requireFolds(folds);
            }
            dropKnown.ifPresent(column -> Source.requireText("column to drop known rows by", column));
            if (!ANY.plus(train).isAfter(ANY) || !ANY.plus(validation).isAfter(ANY)) {
                throw new IllegalArgumentException(
                        "Cannot split by time: the windows to train (%s) and to validate (%s) must be longer than nothing"
                                .formatted(train, validation));
            }
            if (ANY.plus(gap).isBefore(ANY)) {
                throw new IllegalArgumentException("Cannot split by time: the gap %s is negative".formatted(gap));
            }
            if (!testFrom.isBefore(testTo)) {
                throw new IllegalArgumentException(
                        "Cannot split by time: the test starts at %s, which is not before its end %s"
                                .formatted(testFrom, testTo));
            }
        }

        @Override
        public boolean tests() {
            return true;
        }

        @Override
        public String describe() {
            return "by time (train %s, gap %s, validation %s%s, test %s to %s)"
                    .formatted(train, gap, folds == 1 ? "" : folds + " times ", validation, testFrom, testTo);
        }

        /** A holdout that drops nothing that is known. */
        public TimeSplit(
                TemporalAmount train,
                TemporalAmount gap,
                TemporalAmount validation,
                LocalDateTime testFrom,
                LocalDateTime testTo) {
            this(train, gap, validation, 1, testFrom, testTo, Optional.empty());
        }
    }
}

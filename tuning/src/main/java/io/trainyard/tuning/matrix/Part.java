package io.trainyard.tuning.matrix;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a row is for. A row may have several parts: it validates in one fold of the search and trains in the others, and in the final
 * fit; with a split by time it may have none of the search's.
 *
 * @param use what is done with the rows
 * @param fold of the search, from 0; 0 for the final fit
 */
public record Part(Use use, int fold) implements Comparable<Part>, Serializable {
    /** The most folds: each takes two of a long's bits, and the final fit two more. */
    public static final int MAX_FOLDS = 31;

    /** Trials are fitted on these rows, where the search has a holdout. */
    public static final Part SEARCH_TRAIN = train(0);
    /** Trials are judged on these rows, and stopped early by them, where the search has a holdout. */
    public static final Part SEARCH_VALIDATION = validation(0);
    /** The final model is fitted on these rows. */
    public static final Part FINAL_TRAIN = new Part(Use.FINAL_TRAIN, 0);
    /** The final model is tested on these rows, once. */
    public static final Part FINAL_TEST = new Part(Use.FINAL_TEST, 0);

    private static final Pattern FOLD = Pattern.compile("(train|validation)_(\\d+)");

    /** What is done with rows. */
    public enum Use {
        TRAIN,
        VALIDATION,
        FINAL_TRAIN,
        FINAL_TEST
    }

    public Part {
        if (fold < 0 || fold >= MAX_FOLDS) {
            throw new IllegalArgumentException("Fold %d: must be from 0 to %d".formatted(fold, MAX_FOLDS - 1));
        }
    }

    /** The rows on which trials are fitted in a fold. */
    public static Part train(int fold) {
        return new Part(Use.TRAIN, fold);
    }

    /** The rows by which trials are judged, and stopped early, in a fold. */
    public static Part validation(int fold) {
        return new Part(Use.VALIDATION, fold);
    }

    /** The part's bit in the long that a block stores for each row. */
    public long bit() {
        return switch (use) {
            case FINAL_TRAIN -> 1L;
            case FINAL_TEST -> 1L << 1;
            case TRAIN -> 1L << (2 + fold);
            case VALIDATION -> 1L << (2 + MAX_FOLDS + fold);
        };
    }

    /**
     * All bits of a row.
     *
     * @param trains bit f is set where it trains in fold f
     * @param validates bit f is set where it validates in fold f
     */
    public static long bits(long trains, long validates, boolean finalTrain, boolean finalTest) {
        return trains << 2
                | validates << (2 + MAX_FOLDS)
                | (finalTrain ? FINAL_TRAIN.bit() : 0)
                | (finalTest ? FINAL_TEST.bit() : 0);
    }

    /** Whether models are fitted on it. */
    boolean trains() {
        return use == Use.TRAIN || use == Use.FINAL_TRAIN;
    }

    boolean holds(long parts) {
        return (parts & bit()) != 0;
    }

    /** As {@link #toString} writes it. */
    static Part named(String name) {
        Matcher fold = FOLD.matcher(name);
        if (fold.matches()) {
            return new Part(
                    fold.group(1).equals("train") ? Use.TRAIN : Use.VALIDATION, Integer.parseInt(fold.group(2)));
        }
        return Stream.of(FINAL_TRAIN, FINAL_TEST)
                .filter(part -> part.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown part '" + name + "'"));
    }

    @Override
    public int compareTo(Part other) {
        return Long.compareUnsigned(bit(), other.bit());
    }

    @Override
    public String toString() {
        return switch (use) {
            case FINAL_TRAIN -> "final_train";
            case FINAL_TEST -> "final_test";
            case TRAIN -> "train_" + fold;
            case VALIDATION -> "validation_" + fold;
        };
    }
}

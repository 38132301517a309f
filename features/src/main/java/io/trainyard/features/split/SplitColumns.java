package io.trainyard.features.split;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.view.Split;
import io.trainyard.features.view.Split.ColumnFoldSplit;
import io.trainyard.features.view.Split.ColumnSplit;
import io.trainyard.features.view.Split.FoldSplit;
import io.trainyard.features.view.Split.HashSplit;
import io.trainyard.features.view.Split.TimeSplit;
import java.time.ZoneId;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.sql.Column;

/**
 * A split as columns. A row may train in some folds of the search, validate in another, and train in the final fit, so each use is a
 * column of its own.
 *
 * @param trains a long whose bit f is set where the row trains in fold f of the search
 * @param validates a long whose bit f is set where the row validates in fold f of the search
 * @param finalFit {@link #TRAIN}, {@link #TEST} or null
 */
public record SplitColumns(Column trains, Column validates, Column finalFit) {

    public static final String TRAIN = "train";
    public static final String TEST = "test";
    static final String VALIDATION = "validation";

    /**
     * Compiles a split.
     *
     * @param by what decides about a row: a text to hash, the text of the column's value, or the event time as a timestamp
     * @param stratum rows that share it are dealt evenly to the folds of a stratified split; other splits do not look at it
     */
    public static SplitColumns of(Split split, Column by, Column stratum, ZoneId zone) {
        if (split instanceof TimeSplit time) {
            return byTime(TimeWindows.of(time, zone), by);
        }
        if (split instanceof HashSplit hash) {
            return holdout(HashParts.holdout(hash, by));
        }
        if (split instanceof FoldSplit folds) {
            return rotating(folds.folds(), HashParts.fold(folds, by, stratum), HashParts.tests(folds, by));
        }
        return split instanceof ColumnFoldSplit folds ? rotating(folds, by) : holdout(part((ColumnSplit) split, by));
    }

    /** The columns of rows that were given as test rows. */
    public static SplitColumns allTest() {
        return new SplitColumns(lit(0L), lit(0L), lit(TEST));
    }

    /** The same split where the test rows come from elsewhere: rows that it would test with have no part. */
    public SplitColumns withoutTest() {
        return new SplitColumns(trains, validates, when(finalFit.notEqual(TEST), finalFit));
    }

    /** Whether a row has no part at all. */
    public Column nowhere() {
        return trains.equalTo(0).and(validates.equalTo(0)).and(finalFit.isNull());
    }

    /**
     * The same split without training on a label that was not known yet when what is judged begins.
     *
     * @param known when a row's label is known; null: never
     */
    public SplitColumns purged(TimeWindows windows, Column known) {
        List<TimeWindows.Fold> folds = windows.folds();
        Column timely = mask(
                folds.size(), fold -> known.leq(lit(folds.get(fold).validation().from())));
        Column late = not(coalesce(known.leq(lit(windows.test().from())), lit(false)));
        return new SplitColumns(
                trains.bitwiseAND(timely),
                validates,
                when(not(finalFit.equalTo(TRAIN).and(late)), finalFit));
    }

    /**
     * The same split without what is judged though its answer was known by then: rows to validate with, and to test with, whose entity
     * had turned out positive by the start of their day.
     *
     * @param time the event time, as a timestamp; its day is one of the session's time zone
     * @param knownToFolds for each fold, since when the entity was known to be positive, by labels since the fold's window to fit on;
     *     null: not
     * @param knownToFinal the same since the final fit's window
     */
    public SplitColumns withoutKnown(Column time, List<Column> knownToFolds, Column knownToFinal) {
        Column day = date_trunc("day", time);
        Column unknown = mask(
                knownToFolds.size(), fold -> not(coalesce(knownToFolds.get(fold).leq(day), lit(false))));
        Column tests = coalesce(finalFit.equalTo(TEST).and(knownToFinal.leq(day)), lit(false));
        return new SplitColumns(trains, validates.bitwiseAND(unknown), when(not(tests), finalFit));
    }

    private static SplitColumns holdout(Column part) {
        return new SplitColumns(
                mask(1, fold -> part.equalTo(TRAIN)),
                mask(1, fold -> part.equalTo(VALIDATION)),
                when(part.equalTo(TEST), TEST).when(part.isNotNull(), TRAIN));
    }

    /** Each row that does not test validates in its own fold, and trains in all others. */
    private static SplitColumns rotating(int folds, Column own, Column tests) {
        Column fold = when(not(tests), own);
        return new SplitColumns(
                mask(folds, fold::notEqual),
                mask(folds, fold::equalTo),
                when(tests, TEST).when(fold.isNotNull(), TRAIN));
    }

    private static SplitColumns rotating(ColumnFoldSplit split, Column by) {
        Column fold = lit(null).cast("int");
        for (int index = 0; index < split.folds(); index++) {
            fold = when(by.equalTo(split.values().get(index)), index).otherwise(fold);
        }
        return rotating(split.folds(), fold, coalesce(by.isin(split.test().toArray()), lit(false)));
    }

    private static Column part(ColumnSplit split, Column by) {
        return when(by.isin(split.train().toArray()), TRAIN)
                .when(by.isin(split.validation().toArray()), VALIDATION)
                .when(by.isin(split.test().toArray()), TEST);
    }

    private static SplitColumns byTime(TimeWindows windows, Column time) {
        List<TimeWindows.Fold> folds = windows.folds();
        return new SplitColumns(
                mask(folds.size(), fold -> within(folds.get(fold).train(), time)),
                mask(folds.size(), fold -> within(folds.get(fold).validation(), time)),
                when(within(windows.finalTrain(), time), TRAIN).when(within(windows.test(), time), TEST));
    }

    /** A long with the bits of the folds for which a condition holds; one that is null does not. */
    private static Column mask(int folds, IntFunction<Column> condition) {
        Column mask = lit(0L);
        for (int fold = 0; fold < folds; fold++) {
            mask = mask.bitwiseOR(when(condition.apply(fold), 1L << fold).otherwise(0L));
        }
        return mask;
    }

    private static Column within(Interval interval, Column time) {
        return time.geq(lit(interval.from())).and(time.lt(lit(interval.to())));
    }
}

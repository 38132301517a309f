package io.trainyard.features.split;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.trainyard.features.view.Split;
import io.trainyard.features.view.Split.ColumnSplit;
import io.trainyard.features.view.Split.HashSplit;
import io.trainyard.features.view.Split.TimeSplit;
import java.time.ZoneId;
import org.apache.spark.sql.Column;

/**
 * A split as two columns, since one row can validate in the search and train in the final fit.
 *
 * @param search {@link #TRAIN}, {@link #VALIDATION} or null
 * @param finalFit {@link #TRAIN}, {@link #TEST} or null
 */
public record SplitColumns(Column search, Column finalFit) {

    public static final String TRAIN = "train";
    public static final String VALIDATION = "validation";
    public static final String TEST = "test";

    private static final double UNIT = 0x1.0p-53;

    /**
     * Compiles a split.
     *
     * @param by what decides about a row: a text to hash, the text of the column's value, or the event time as a timestamp
     */
    public static SplitColumns of(Split split, Column by, ZoneId zone) {
        if (split instanceof TimeSplit time) {
            return byTime(TimeWindows.of(time, zone), by);
        }
        return byPart(split instanceof HashSplit hash ? part(hash, by) : part((ColumnSplit) split, by));
    }

    /** The columns of rows that were given as test rows. */
    public static SplitColumns allTest() {
        return new SplitColumns(lit(null).cast("string"), lit(TEST));
    }

    /** The same split where the test rows come from elsewhere: rows that it would test with have no part. */
    public SplitColumns withoutTest() {
        return new SplitColumns(search, when(finalFit.notEqual(TEST), finalFit));
    }

    /**
     * The same split without what is judged though its answer was known by then: rows to validate with, and to test with, whose entity
     * had turned out positive by the start of their day.
     *
     * @param time the event time, as a timestamp; its day is one of the session's time zone
     * @param knownToSearch since when the entity was known to be positive, by labels since the search's window to fit on; null: not
     * @param knownToFinal the same since the final fit's window
     */
    public SplitColumns withoutKnown(Column time, Column knownToSearch, Column knownToFinal) {
        Column day = date_trunc("day", time);
        Column validates = coalesce(search.equalTo(VALIDATION).and(knownToSearch.leq(day)), lit(false));
        Column tests = coalesce(finalFit.equalTo(TEST).and(knownToFinal.leq(day)), lit(false));
        return new SplitColumns(when(not(validates), search), when(not(tests), finalFit));
    }

    private static SplitColumns byPart(Column part) {
        Column tests = part.equalTo(TEST);
        return new SplitColumns(
                when(tests, lit(null)).otherwise(part), when(tests, TEST).when(part.isNotNull(), TRAIN));
    }

    /** The upper 53 bits of the hash are a double in [0, 1): the test takes its share from below, validation the next. */
    private static Column part(HashSplit split, Column by) {
        Column uniform = shiftrightunsigned(xxhash64(lit(split.seed()), by), 11).multiply(UNIT);
        return when(uniform.lt(split.test()), TEST)
                .when(uniform.lt(split.test() + split.validation()), VALIDATION)
                .otherwise(TRAIN);
    }

    private static Column part(ColumnSplit split, Column by) {
        return when(by.isin(split.train().toArray()), TRAIN)
                .when(by.isin(split.validation().toArray()), VALIDATION)
                .when(by.isin(split.test().toArray()), TEST);
    }

    private static SplitColumns byTime(TimeWindows windows, Column time) {
        return new SplitColumns(
                when(within(windows.searchTrain(), time), TRAIN).when(within(windows.validation(), time), VALIDATION),
                when(within(windows.finalTrain(), time), TRAIN).when(within(windows.test(), time), TEST));
    }

    private static Column within(Interval interval, Column time) {
        return time.geq(lit(interval.from())).and(time.lt(lit(interval.to())));
    }
}

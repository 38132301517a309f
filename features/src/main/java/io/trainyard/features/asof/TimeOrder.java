package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * One number that puts rows in order: above, some bits of their key's hash, so that the rows of a key are in one bucket; below, the time.
 * Spark sorts by a single number without comparing rows, which is several times faster than by key and time. Keys of one bucket come
 * interleaved.
 *
 * @param origin no row's time matters before it
 * @param bits how many the time takes
 * @param coarse how many bits of the time did not fit
 */
record TimeOrder(long origin, int bits, int coarse) {

    static final String ORDER = "order";

    /** Leaves 16384 buckets; the time of 17 years fits. */
    private static final int MOST_BITS = 50;

    /** @param lookBack how long before the earliest example the order of events still matters */
    static TimeOrder of(TimeRange range, long lookBack) {
        long origin = range.isEmpty() ? 0 : Moments.minus(range.earliest(), lookBack);
        long span = range.isEmpty() ? 0 : Moments.minus(range.latest(), origin);
        int needed = 66 - Long.numberOfLeadingZeros(span + 1);
        return new TimeOrder(origin, Math.min(needed, MOST_BITS), Math.max(0, needed - MOST_BITS));
    }

    /** What has always been there comes first, then examples without a time, then the rest; of equal times events first. */
    Column ofEvent(Column hash, Column visible) {
        return order(
                hash,
                when(visible.equalTo(lit(Event.ALWAYS)), lit(0L))
                        .otherwise(greatest(visible, lit(origin))
                                .minus(lit(origin))
                                .multiply(2)
                                .plus(2)));
    }

    Column ofExample(Column hash, Column time) {
        return order(
                hash,
                when(time.isNull(), lit(1L))
                        .otherwise(time.minus(lit(origin)).multiply(2).plus(3)));
    }

    static long bucket(long order, int bits) {
        return order >>> bits;
    }

    Column bucket() {
        return shiftrightunsigned(col(ORDER), bits);
    }

    boolean exact() {
        return coarse == 0;
    }

    private Column order(Column hash, Column moment) {
        return shiftleft(hash, bits)
                .bitwiseOR(exact() ? moment : shiftright(moment, coarse))
                .as(ORDER);
    }
}

package io.trainyard.features.profile;

import java.util.Locale;

/**
 * A column of numbers, or of moments as numbers. Integers and decimals are rounded to the nearest double.
 *
 * @param scale what the numbers mean
 * @param moments of finite values, as all that follow
 * @param distinct how many different ones there are
 */
public record NumberProfile(
        String column,
        Scale scale,
        Counts counts,
        Moments moments,
        Quantiles quantiles,
        FrequentNumbers frequent,
        DistinctCount distinct)
        implements ColumnProfile {

    public NumberProfile {
        if (counts.finite() != moments.count()) {
            throw new IllegalArgumentException("Column '%s' has %d rows with a finite number, but moments of %d"
                    .formatted(column, counts.finite(), moments.count()));
        }
    }

    /** What a number means. */
    public enum Scale {
        /** Itself. */
        NUMBER,
        /** Days since 1970-01-01. */
        DATE,
        /** Seconds since 1970-01-01 00:00 UTC; of timestamps without a zone, as though in UTC. */
        TIMESTAMP
    }

    @Override
    public String kind() {
        return scale.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public long rows() {
        return counts.rows();
    }

    @Override
    public long nulls() {
        return counts.nulls();
    }

    @Override
    public NumberProfile merge(ColumnProfile other) {
        if (other instanceof NumberProfile number && number.column.equals(column) && number.scale == scale) {
            return new NumberProfile(
                    column,
                    scale,
                    counts.merge(number.counts),
                    moments.merge(number.moments),
                    quantiles.merge(number.quantiles),
                    frequent.merge(number.frequent),
                    distinct.merge(number.distinct));
        }
        throw ColumnProfile.unlike(this, other);
    }
}

package io.trainyard.features.profile;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * Pearson's chi-squared test that two rows of counts are of one distribution; scipy's {@code chi2_contingency} without a correction.
 *
 * @param statistic 0 or more
 * @param degrees columns that remain, less one
 */
record ChiSquared(double statistic, int degrees) {

    /** Columns with fewer to be expected in a row are taken together (Cochran 1954). */
    private static final double LEAST_EXPECTED = 5;

    private record Column(double first, double second) {}

    static ChiSquared of(double[] first, double[] second) {
        double firsts = 0;
        double seconds = 0;
        for (int i = 0; i < first.length; i++) {
            firsts += first[i];
            seconds += second[i];
        }
        List<Column> columns = columns(first, second, Math.min(firsts, seconds) / (firsts + seconds));
        double statistic = 0;
        for (Column column : columns) {
            double expected = (column.first + column.second) * firsts / (firsts + seconds);
            double distance = column.first - expected;
            // Both rows are as far from what is expected, which the column's sum divides in the ratio of the rows'
            // sums.
            statistic += distance * distance * (1 / expected + 1 / (column.first + column.second - expected));
        }
        return new ChiSquared(statistic, columns.size() - 1);
    }

    private static List<Column> columns(double[] first, double[] second, double share) {
        List<Column> columns = new ArrayList<>();
        Column rare = new Column(0, 0);
        for (int i = 0; i < first.length; i++) {
            if ((first[i] + second[i]) * share >= LEAST_EXPECTED) {
                columns.add(new Column(first[i], second[i]));
            } else {
                rare = new Column(rare.first + first[i], rare.second + second[i]);
            }
        }
        if (rare.first + rare.second > 0) {
            columns.add(rare);
        }
        return columns;
    }

    /**
     * The probability of a statistic at least as large without drift.
     *
     * @param kept the share of the rows' information that is left in the counts, where they are estimates: the statistic shrinks by it
     */
    double pValue(double kept) {
        return degrees < 1 ? 1 : 1 - new ChiSquaredDistribution(null, degrees).cumulativeProbability(statistic * kept);
    }
}

package io.trainyard.registry.encoding;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.encoding.ColumnSummary.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes an encoding from summaries of the training rows. Categories are numbered by descending count, then by name;
 * the rare ones beyond a maximum are unseen.
 */
public final class EncodingFit {
    private static final int TREE_CATEGORIES = 1_000;
    private static final int LINEAR_CATEGORIES = 100;

    /**
     * For each category of trees that bin. Such trees refuse more categories than there are rows to fit; with fewer than this, what they
     * learn of a category is chance.
     */
    private static final int ROWS_OF_A_CATEGORY = 10;

    /** Below this share of the mean a deviation is what adding up equal numbers leaves. */
    private static final double CONSTANT = 1e-12;

    /** Sums depend on the order of the rows in their last digits; the encoding, and its fingerprint, must not. */
    private static final MathContext DIGITS = new MathContext(12);

    private EncodingFit() {}

    /** As {@link #trees(List, Target, int)} with at most 1,000 categories a column. */
    public static Encoding trees(List<ColumnSummary> columns, Target target) {
        return trees(columns, target, TREE_CATEGORIES);
    }

    /** For trees: numbers as they are, text as category codes, every column kept. */
    public static Encoding trees(List<ColumnSummary> columns, Target target, int maxCategories) {
        List<Feature> features = new ArrayList<>();
        for (ColumnSummary column : columns) {
            features.add(
                    column.kind() == Kind.TEXT
                            ? new Feature.CategoryFeature(column.name(), mostFrequent(column, maxCategories))
                            : new Feature.NumberFeature(column.name()));
        }
        return new Encoding(features, target);
    }

    /**
     * For trees that take no missing value, and categories as far as there are bins: as {@link #linear(List, Target)}, but text as category
     * codes, where there are few enough categories for the bins and for the rows.
     *
     * @param bins how many different values a category's column may have
     * @throws RegistryException when no column is left
     */
    public static Encoding binned(List<ColumnSummary> columns, Target target, int bins) {
        Map<String, ColumnSummary> summaries =
                columns.stream().collect(Collectors.toMap(ColumnSummary::name, Function.identity()));
        return new Encoding(
                linear(columns, target).features().stream()
                        .map(feature -> binned(feature, summaries.get(feature.name()), bins))
                        .toList(),
                target);
    }

    private static Feature binned(Feature linear, ColumnSummary column, int bins) {
        Feature.NominalFeature nominal =
                new Feature.NominalFeature(column.name(), mostFrequent(column, Integer.MAX_VALUE));
        boolean fits = nominal.values() <= bins && (long) ROWS_OF_A_CATEGORY * nominal.values() <= column.rows();
        return column.kind() == Kind.TEXT && fits ? nominal : linear;
    }

    /** As {@link #linear(List, Target, int)} with at most 100 categories a column. */
    public static Encoding linear(List<ColumnSummary> columns, Target target) {
        return linear(columns, target, LINEAR_CATEGORIES);
    }

    /**
     * For linear models: numbers standardized, text one-hot; a column with a single value, or none, is left out.
     *
     * @throws RegistryException when no column is left
     */
    public static Encoding linear(List<ColumnSummary> columns, Target target, int maxCategories) {
        List<Feature> features = new ArrayList<>();
        for (ColumnSummary column : columns) {
            if (varies(column)) {
                features.add(linear(column, maxCategories));
            }
        }
        if (features.isEmpty()) {
            throw new RegistryException(
                    "Cannot fit a linear model: every feature is constant or missing in the training rows, of %s"
                            .formatted(columns.stream().map(ColumnSummary::name).toList()));
        }
        return new Encoding(features, target);
    }

    private static Feature linear(ColumnSummary column, int maxCategories) {
        return column.kind() == Kind.TEXT
                ? new Feature.OneHotFeature(column.name(), mostFrequent(column, maxCategories))
                : new Feature.StandardizedFeature(column.name(), rounded(column.mean()), rounded(column.deviation()));
    }

    private static boolean varies(ColumnSummary column) {
        if (column.kind() == Kind.TEXT) {
            int kinds = column.categories().size();
            return kinds > 1 || (kinds == 1 && column.missing() > 0);
        }
        return Double.isFinite(column.mean())
                && Double.isFinite(column.deviation())
                && column.deviation() > CONSTANT * Math.abs(column.mean());
    }

    private static List<String> mostFrequent(ColumnSummary column, int maxCategories) {
        return column.categories().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(maxCategories)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}

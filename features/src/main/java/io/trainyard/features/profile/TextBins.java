package io.trainyard.features.profile;

import io.trainyard.features.profile.Bin.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bin for each frequent category of the reference, one for all others, one for new ones and one for nulls.
 *
 * <p>How many new categories are to be expected without any drift follows from those that the reference holds once: their share is that
 * of the next row being new (Good 1953). Without that, a column of identifiers would be nothing but new categories.
 *
 * @param reference what the bins come from
 * @param frequent categories with a bin, and their rows
 * @param known categories of the reference that its sketch kept
 */
record TextBins(TextProfile reference, Map<String, Long> frequent, Map<String, Long> known) implements ReferenceBins {

    /** More would make the noise of many rare categories drown the drift of few. */
    private static final int MOST = 50;

    private static final double LEAST_SHARE = 0.005;

    /** Categories are chosen for being frequent in the reference: below this, chance alone makes them so. */
    private static final long LEAST_ROWS = 30;

    static TextBins of(TextProfile reference) {
        Map<String, Long> known = reference.frequent().counts();
        Map<String, Long> frequent = new LinkedHashMap<>();
        known.entrySet().stream()
                .filter(entry -> entry.getValue() >= Math.max(LEAST_ROWS, LEAST_SHARE * reference.rows()))
                .limit(MOST)
                .forEach(entry -> frequent.put(entry.getKey(), entry.getValue()));
        return new TextBins(reference, frequent, known);
    }

    @Override
    public List<Bin> count(ColumnProfile current) {
        if (current instanceof TextProfile text) {
            return bins(text);
        }
        throw ReferenceBins.unlike("categories", current);
    }

    private List<Bin> bins(TextProfile current) {
        Map<String, Long> counts = current.frequent().counts();
        List<Bin> bins = new ArrayList<>();
        frequent.forEach((category, rows) ->
                bins.add(new Bin(Kind.CATEGORY, category, rows, counts.getOrDefault(category, 0L))));
        double expected = isExact(current)
                ? known.values().stream().filter(rows -> rows == 1).count()
                : 0;
        double found = isExact(current) ? unseen(counts, 1) : unseen(counts, leastSurelyNew(current));
        bins.add(
                new Bin(Kind.OTHER, "other", rest(reference, bins, true, expected), rest(current, bins, false, found)));
        bins.add(new Bin(Kind.NEW, "new", expected, found));
        bins.add(ReferenceBins.nulls(reference.nulls(), current.nulls()));
        return ReferenceBins.filled(bins);
    }

    private double occurring(long times) {
        return known.values().stream().filter(rows -> rows == times).count();
    }

    /** Of new categories, which are expected and not counted, the variance is Esty's (1983, equation 3). */
    @Override
    public double behind(Kind kind) {
        double once = occurring(1) * (1 - occurring(1) / reference.rows());
        return kind != Kind.NEW || once == 0 ? reference.rows() : reference.rows() * once / (once + 2 * occurring(2));
    }

    /** Whether both sides kept all of their categories. */
    private boolean isExact(TextProfile current) {
        return reference.frequent().error() == 0 && current.frequent().error() == 0;
    }

    private double unseen(Map<String, Long> counts, double least) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= least && !known.containsKey(entry.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** What the reference's sketch did not keep may still be in the reference, but not this often. */
    private double leastSurelyNew(TextProfile current) {
        double unkept = reference.rows() == 0 ? 0 : 2.0 * reference.frequent().error() / reference.rows();
        return Math.max(LEAST_SHARE, unkept) * current.rows();
    }

    private static double rest(TextProfile side, List<Bin> categories, boolean reference, double unseen) {
        double counted = categories.stream()
                .mapToDouble(bin -> reference ? bin.reference() : bin.current())
                .sum();
        return Math.max(0, side.rows() - side.nulls() - counted - unseen);
    }
}

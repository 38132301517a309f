package io.trainyard.features.profile;

import java.util.Set;

/** How far two distributions are apart. All but the last two are computed from {@link Bin}s, in which nulls and the like take part. */
public enum DriftMeasure {
    /**
     * Σ (q − p) ln(q / p) over the bins' shares p of the reference and q of current data, each bin counted as half a row fuller, since an
     * empty one would make it infinite. From 0, without an upper end. By convention 0.1 is worth a look and 0.25 is drift (Siddiqi 2006).
     */
    POPULATION_STABILITY("population stability index"),

    /** The root of Jensen and Shannon's divergence to the base 2, in [0, 1]; scipy's {@code jensenshannon(p, q, base=2)}. */
    JENSEN_SHANNON("Jensen-Shannon distance"),

    /**
     * Cramér's V of the bins' counts, as it would be if both sides had equally many rows, in [0, 1]. It comes with the p-value of Pearson's
     * chi-squared test of the counts as they are, which is below any level for any difference once there are enough rows.
     */
    CHI_SQUARED("Cramér's V"),

    /** The greatest difference of the shares of finite numbers up to any, in [0, 1]. */
    KOLMOGOROV_SMIRNOV("Kolmogorov-Smirnov distance"),

    /**
     * The mean distance that finite numbers must be moved by, in standard deviations of the reference. Numbers beyond the reference's first
     * and last percentile count as those: otherwise one outlier of 10⁶ is drift, or hides all drift if it is in the reference.
     */
    WASSERSTEIN("Wasserstein distance in standard deviations");

    /** Those that need no numbers. */
    static final Set<DriftMeasure> OF_BINS = Set.of(POPULATION_STABILITY, JENSEN_SHANNON, CHI_SQUARED);

    private final String title;

    DriftMeasure(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }
}

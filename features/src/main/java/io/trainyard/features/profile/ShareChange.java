package io.trainyard.features.profile;

import io.trainyard.features.profile.Bin.Kind;

/**
 * How the share of rows changed that are null, new or the like.
 *
 * @param reference the share of the reference's rows, in [0, 1]
 * @param current the share of current rows
 * @param lower a lower confidence bound of how far they are apart, whichever is greater
 */
public record ShareChange(Kind kind, double reference, double current, double lower) {

    /**
     * @param rows of both sides
     * @param behind as many rows as would have the variance of the two shares
     */
    static ShareChange of(Bin bin, Sizes rows, Sizes behind, Confidence confidence) {
        double p = bin.reference() / rows.reference();
        double q = bin.current() / rows.current();
        Confidence side = confidence.part(2);
        Score before = Score.of(p, behind.reference(), side.normal());
        Score now = Score.of(q, behind.current(), side.normal());
        // Newcombe 1998, method 10: Wilson's bounds of both shares, which hold for rare rows, too.
        double margin = q > p ? Math.hypot(q - now.low, before.high - p) : Math.hypot(now.high - q, p - before.low);
        return new ShareChange(bin.kind(), p, q, Math.max(0, Math.abs(q - p) - margin));
    }

    private record Score(double low, double high) {

        static Score of(double share, double rows, double z) {
            double centre = share + z * z / (2 * rows);
            double margin = z * Math.sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows));
            double all = 1 + z * z / rows;
            return new Score(Math.max(0, (centre - margin) / all), Math.min(1, (centre + margin) / all));
        }
    }

    String reason(DriftRules.Threshold threshold, Verdict verdict) {
        return "%s are %s of rows, where they were %s: surely a change of more than %s (%s from %s on)"
                .formatted(
                        kind.watched().orElse(kind.name()),
                        Figures.percent(current),
                        Figures.percent(reference),
                        Figures.percent(lower),
                        verdict == Verdict.DRIFTED ? "drift" : "watched",
                        Figures.percent(verdict == Verdict.DRIFTED ? threshold.drifted() : threshold.watch()));
    }
}

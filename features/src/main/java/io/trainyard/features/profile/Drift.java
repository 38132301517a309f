package io.trainyard.features.profile;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Compares two profiles; no table is read. */
public final class Drift {

    private Drift() {}

    /** Compares all columns of both. One that only one side has, or that is of another kind, has drifted. */
    public static DriftReport between(Profile reference, Profile current, DriftRules rules) {
        Stream<ColumnDrift> known = reference.columns().stream()
                .map(column -> current.column(column.column())
                        .map(now -> between(column, now, rules))
                        .orElseGet(() -> ColumnDrift.unmeasured(
                                column.column(), Verdict.DRIFTED, "the column is missing; the reference has it")));
        Stream<ColumnDrift> added = current.columns().stream()
                .filter(column -> reference.column(column.column()).isEmpty())
                .map(column -> ColumnDrift.unmeasured(
                        column.column(), Verdict.DRIFTED, "the column is new; the reference does not have it"));
        return new DriftReport(
                reference.rows(), current.rows(), Stream.concat(known, added).toList());
    }

    /** Compares one column. */
    public static ColumnDrift between(ColumnProfile reference, ColumnProfile current, DriftRules rules) {
        String column = reference.column();
        if (!reference.kind().equals(current.kind())) {
            return ColumnDrift.unmeasured(
                    column,
                    Verdict.DRIFTED,
                    "the column is of kind %s, where it was %s".formatted(current.kind(), reference.kind()));
        }
        if (Math.min(reference.rows(), current.rows()) < rules.minimumRows()) {
            return tooFew(column, reference.rows(), current.rows(), rules);
        }
        if (reference instanceof NumberProfile before && current instanceof NumberProfile now) {
            return ofNumbers(column, NumberSample.of(before), NumberSample.of(now), rules);
        }
        ReferenceBins frozen = ReferenceBins.of(reference);
        List<Bin> bins = frozen.count(current);
        Sizes rows = new Sizes(reference.rows(), current.rows());
        Confidence confidence = confidence(rules, DriftMeasure.OF_BINS, bins);
        return judged(
                column,
                new BinDistances(bins, rows, confidence).all(),
                bins,
                shares(frozen, bins, rows, confidence),
                rules);
    }

    private static ColumnDrift tooFew(String column, long reference, long current, DriftRules rules) {
        return ColumnDrift.unmeasured(
                column,
                Verdict.STABLE,
                "not judged: %d rows of the reference and %d current ones, where %d of each are needed"
                        .formatted(reference, current, rules.minimumRows()));
    }

    static ColumnDrift ofNumbers(String column, NumberSample reference, NumberSample current, DriftRules rules) {
        NumberBins frozen = NumberBins.of(reference);
        List<Bin> bins = frozen.count(current);
        Confidence confidence = confidence(rules, EnumSet.allOf(DriftMeasure.class), bins);
        Sizes rows = new Sizes(reference.counts().rows(), current.counts().rows());
        List<Distance> distances =
                new ArrayList<>(new BinDistances(bins, binned(reference, current), confidence).all());
        if (Math.min(reference.counts().finite(), current.counts().finite()) >= rules.minimumRows()) {
            distances.addAll(new NumberDistances(
                            reference.distribution(), current.distribution(), ranked(reference, current), confidence)
                    .all());
        }
        return judged(column, distances, bins, shares(frozen, bins, rows, confidence), rules);
    }

    /** Sizes behind shares of bins, most of which are a tenth. */
    private static Sizes binned(NumberSample reference, NumberSample current) {
        double share = 0.1;
        return new Sizes(
                Sizes.behind(reference.counts().rows(), reference.shareError(), share),
                Sizes.behind(current.counts().rows(), current.shareError(), share));
    }

    /** Sizes behind shares of finite numbers up to one, which vary most at a half. */
    private static Sizes ranked(NumberSample reference, NumberSample current) {
        double share = 0.5;
        return new Sizes(
                Sizes.behind(reference.counts().finite(), reference.rankError(), share),
                Sizes.behind(current.counts().finite(), current.rankError(), share));
    }

    /** Bonferroni's: whatever depends on what, all that may alarm errs together no more often than is borne. */
    private static Confidence confidence(DriftRules rules, Set<DriftMeasure> measures, List<Bin> bins) {
        long judged = measures.stream().filter(rules.thresholds()::containsKey).count();
        long watched = watched(bins).count();
        return new Confidence(rules.falseAlarms()).part((int) Math.max(1, judged + watched));
    }

    private static List<ShareChange> shares(ReferenceBins frozen, List<Bin> bins, Sizes rows, Confidence confidence) {
        return watched(bins)
                .map(bin -> ShareChange.of(bin, rows, new Sizes(frozen.behind(bin.kind()), rows.current()), confidence))
                .toList();
    }

    private static Stream<Bin> watched(List<Bin> bins) {
        return bins.stream().filter(bin -> bin.kind().watched().isPresent());
    }

    private static ColumnDrift judged(
            String column, List<Distance> distances, List<Bin> bins, List<ShareChange> shares, DriftRules rules) {
        Findings findings = new Findings(rules);
        shares.forEach(findings::add);
        distances.forEach(findings::add);
        return new ColumnDrift(column, findings.verdict(), findings.reasons(), distances, shares, bins);
    }
}

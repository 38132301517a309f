package io.trainyard.jobs.monitor;

import io.trainyard.features.profile.ColumnDrift;
import io.trainyard.features.profile.DriftReport;
import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.monitor.Finding.Kind;
import io.trainyard.registry.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When something about a window is worth telling.
 *
 * @param metric name of the score that says how good the model is
 * @param higherIsBetter the metric's direction
 * @param metricDrop by how much it must surely be worse than on the test rows, in its unit
 */
public record FindingRules(String metric, boolean higherIsBetter, double metricDrop) {
    /** With fewer windows before it, a window's number of rows is not judged. */
    private static final int USUAL_WINDOWS = 3;

    private static final double FEW = 0.5;
    private static final double VERY_FEW = 0.1;
    private static final double MANY = 2;

    /**
     * What is not stable in the last of some windows, features first.
     *
     * @param windows in the order of time; those before the last say how many rows are usual
     */
    public List<Finding> of(List<WindowReport> windows) {
        WindowReport window = windows.get(windows.size() - 1);
        List<Finding> findings = new ArrayList<>();
        drift(Kind.FEATURE, window.features(), findings);
        drift(Kind.PREDICTION, window.predictions(), findings);
        window.labels().ifPresent(labels -> drift(Kind.LABEL, labels, findings));
        metric(window).ifPresent(findings::add);
        volume(window, windows.subList(0, windows.size() - 1)).ifPresent(findings::add);
        return findings;
    }

    private static void drift(Kind kind, DriftReport report, List<Finding> findings) {
        for (ColumnDrift column : report.columns()) {
            if (column.verdict() != Verdict.STABLE) {
                findings.add(new Finding(kind, column.column(), column.verdict(), column.reasons()));
            }
        }
    }

    private Optional<Finding> metric(WindowReport window) {
        Optional<Score> tested = named(window.tested());
        Optional<Score> measured = named(window.quality().measured()).filter(Score::hasInterval);
        if (tested.isEmpty() || measured.isEmpty()) {
            return Optional.empty();
        }
        MetricDrop drop = new MetricDrop(tested.get(), measured.get(), higherIsBetter);
        Verdict verdict =
                drop.sure() > metricDrop ? Verdict.DRIFTED : drop.value() > metricDrop ? Verdict.WATCH : Verdict.STABLE;
        return verdict == Verdict.STABLE
                ? Optional.empty()
                : Optional.of(new Finding(Kind.METRIC, metric, verdict, List.of(reason(drop, verdict))));
    }

    private String reason(MetricDrop drop, Verdict verdict) {
        return "%s: %s worse by more than %s"
                .formatted(drop.text(), verdict == Verdict.DRIFTED ? "surely" : "not surely", metricDrop);
    }

    private Optional<Score> named(List<Score> scores) {
        return scores.stream()
                .filter(score -> score.metric().equals(metric) && Double.isFinite(score.value()))
                .findFirst();
    }

    private static Optional<Finding> volume(WindowReport window, List<WindowReport> before) {
        if (window.rows() == 0) {
            return Optional.of(volume(window, Verdict.DRIFTED, "no rows"));
        }
        if (before.size() < USUAL_WINDOWS) {
            return Optional.empty();
        }
        long[] sorted = before.stream().mapToLong(WindowReport::rows).sorted().toArray();
        long usual = sorted[sorted.length / 2];
        double share = (double) window.rows() / usual;
        Verdict verdict =
                share < VERY_FEW ? Verdict.DRIFTED : share < FEW || share > MANY ? Verdict.WATCH : Verdict.STABLE;
        return verdict == Verdict.STABLE
                ? Optional.empty()
                : Optional.of(volume(
                        window,
                        verdict,
                        String.format(
                                Locale.ROOT,
                                "%,d rows, where the %d windows before had %,d at the median",
                                window.rows(),
                                before.size(),
                                usual)));
    }

    private static Finding volume(WindowReport window, Verdict verdict, String reason) {
        return new Finding(Kind.VOLUME, window.watched().rows(), verdict, List.of(reason));
    }
}

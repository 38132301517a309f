package io.trainyard.jobs.monitor;

import io.trainyard.registry.Score;
import java.util.Locale;

/**
 * By how much a metric became worse, in its unit; negative where it became better.
 *
 * @param tested on the test rows
 * @param measured at work, with an interval
 */
public record MetricDrop(Score tested, Score measured, boolean higherIsBetter) {
    public MetricDrop {
        if (!Double.isFinite(tested.value()) || !Double.isFinite(measured.value()) || !measured.hasInterval()) {
            throw new IllegalArgumentException(
                    "A drop needs two finite scores, the second with an interval, but they are %s and %s"
                            .formatted(tested, measured));
        }
    }

    /** The difference as measured. */
    public double value() {
        return worse(tested.value(), measured.value());
    }

    /**
     * A lower bound of it. The difference of two independent estimates has one that follows from the ends of their intervals that face each
     * other, as for shares in Newcombe 1998, method 10.
     */
    public double sure() {
        double margin = Math.hypot(worse(measured.value(), best()), worse(worst(), tested.value()));
        return value() - margin;
    }

    /** For people, as in {@code roc_auc is 0.8512 (0.8400 to 0.8600), where it was 0.9000 on the test rows}. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%s is %.4f (%.4f to %.4f), where it was %.4f on the test rows",
                measured.metric(),
                measured.value(),
                measured.low(),
                measured.high(),
                tested.value());
    }

    /** By how much {@code second} is worse than {@code first}. */
    private double worse(double first, double second) {
        return higherIsBetter ? first - second : second - first;
    }

    private double best() {
        return higherIsBetter ? measured.high() : measured.low();
    }

    /** Of a score without an interval, the score. */
    private double worst() {
        return tested.hasInterval() ? higherIsBetter ? tested.low() : tested.high() : tested.value();
    }
}

package io.trainyard.jobs.retrain;

import io.trainyard.jobs.monitor.MetricDrop;
import io.trainyard.jobs.monitor.Quality;
import io.trainyard.registry.Score;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good a model is at work, against its test.
 *
 * @param drop of the metric, where both scores are known
 * @param coverage the share of rows whose label is known, in [0, 1]
 * @param labelled how many rows that is
 * @param estimatedLoss by how much the metric that the predicted probabilities lead to expect is worse than the tested one, in the metric's
 *     unit; empty where there is none
 */
public record MetricEvidence(Optional<MetricDrop> drop, double coverage, long labelled, OptionalDouble estimatedLoss) {
    /** Nothing is known. */
    public static final MetricEvidence NONE = new MetricEvidence(Optional.empty(), 0, 0, OptionalDouble.empty());

    public MetricEvidence {
        if (!(coverage >= 0 && coverage <= 1) || labelled < 0) {
            throw new IllegalArgumentException(
                    "The labelled share must be from 0 to 1 and the labelled rows 0 or more, but are %s and %d"
                            .formatted(coverage, labelled));
        }
    }

    /**
     * Compares what a window showed with the test.
     *
     * @param metric the score's name
     */
    public static MetricEvidence of(String metric, boolean higherIsBetter, Quality quality, List<Score> tested) {
        Optional<Score> reference = named(metric, tested);
        Optional<MetricDrop> drop = reference.flatMap(score -> named(metric, quality.measured())
                .filter(Score::hasInterval)
                .map(measured -> new MetricDrop(score, measured, higherIsBetter)));
        OptionalDouble loss = reference
                .flatMap(score -> named(metric, quality.estimated())
                        .map(expected -> (score.value() - expected.value()) * (higherIsBetter ? 1 : -1)))
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
        return new MetricEvidence(drop, quality.rows() == 0 ? 0 : quality.coverage(), quality.labelled(), loss);
    }

    private static Optional<Score> named(String metric, List<Score> scores) {
        return scores.stream()
                .filter(score -> score.metric().equals(metric) && Double.isFinite(score.value()))
                .findFirst();
    }
}

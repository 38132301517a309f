package io.trainyard.jobs.retrain;

import io.trainyard.jobs.monitor.MetricDrop;
import io.trainyard.registry.Score;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Evidence as tests need it: of a model that is a month old and well, one thing changed at a time. */
record Evidence(DriftEvidence drift, MetricEvidence metric, ChampionEvidence champion) {
    static final Evidence CALM = new Evidence(
            DriftEvidence.NONE,
            measured(0.9, 1, 1_000),
            new ChampionEvidence(Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(30), 10_000, 1_000, true));

    static MetricEvidence measured(double value, double coverage, long labelled) {
        return new MetricEvidence(
                Optional.of(new MetricDrop(
                        new Score("roc_auc", 0.9, 0.89, 0.91),
                        new Score("roc_auc", value, value - 0.01, value + 0.01),
                        true)),
                coverage,
                labelled,
                OptionalDouble.empty());
    }

    Evidence features(double distance) {
        return with(new DriftEvidence(
                List.of(new DriftEvidence.MovedFeature("amount", 1, distance)),
                drift.usual(),
                drift.predictions(),
                drift.labels()));
    }

    Evidence usual(double distance) {
        return with(new DriftEvidence(drift.features(), distance, drift.predictions(), drift.labels()));
    }

    Evidence predictions(double distance) {
        return with(new DriftEvidence(drift.features(), drift.usual(), distance, drift.labels()));
    }

    Evidence labels(double distance) {
        return with(new DriftEvidence(drift.features(), drift.usual(), drift.predictions(), distance));
    }

    private Evidence with(DriftEvidence changed) {
        return new Evidence(changed, metric, champion);
    }

    Evidence metric(double value) {
        return with(measured(value, 1, 1_000));
    }

    Evidence with(MetricEvidence changed) {
        return new Evidence(drift, changed, champion);
    }

    Evidence unlabelled() {
        return with(MetricEvidence.NONE);
    }

    Evidence estimatedLoss(double loss) {
        return with(new MetricEvidence(metric.drop(), metric.coverage(), metric.labelled(), OptionalDouble.of(loss)));
    }

    Evidence promoted(int daysAgo) {
        return with(new ChampionEvidence(
                champion.age(),
                Duration.ofDays(daysAgo),
                champion.sinceTraining(),
                champion.trainedRows(),
                champion.newRows(),
                champion.previous()));
    }

    Evidence trained(int hoursAgo) {
        return with(new ChampionEvidence(
                champion.age(),
                champion.sincePromotion(),
                Duration.ofHours(hoursAgo),
                champion.trainedRows(),
                champion.newRows(),
                champion.previous()));
    }

    Evidence old(int days) {
        return with(new ChampionEvidence(
                Duration.ofDays(days),
                champion.sincePromotion(),
                champion.sinceTraining(),
                champion.trainedRows(),
                champion.newRows(),
                champion.previous()));
    }

    Evidence newRows(long rows) {
        return with(new ChampionEvidence(
                champion.age(),
                champion.sincePromotion(),
                champion.sinceTraining(),
                champion.trainedRows(),
                rows,
                champion.previous()));
    }

    Evidence first() {
        return with(new ChampionEvidence(
                champion.age(),
                champion.sincePromotion(),
                champion.sinceTraining(),
                champion.trainedRows(),
                champion.newRows(),
                false));
    }

    private Evidence with(ChampionEvidence changed) {
        return new Evidence(drift, metric, changed);
    }

    RetrainEvidence all() {
        return new RetrainEvidence(drift, metric, champion);
    }
}

package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.registry.Gate;
import io.trainyard.registry.GateEvidence;
import io.trainyard.registry.GateEvidence.Slice;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Score;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.Manifest;
import io.trainyard.tuning.metric.Bootstrap;
import io.trainyard.tuning.metric.Interval;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.placement.Judgement;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures what the gates of a promotion ask for, and nothing that none of them does. */
final class GateMeasurement {
    private static final int RESAMPLES = 500;
    private static final double LEVEL = 0.95;
    private static final String SLICE = "_slice";

    private final JobContext context;
    private final Learning learning;
    private final Judgement judgement;

    GateMeasurement(JobContext context, Learning learning) {
        this.context = context;
        this.learning = learning;
        this.judgement =
                new Judgement(learning.settings(), Scorer.TARGET, TrainingSet.WEIGHT, List.of(TrainingSet.KEY));
    }

    GateEvidence of(ModelVersion version, List<Gate> gates) throws IOException {
        if (gates.stream().allMatch(gate -> gate instanceof Gate.Min || gate instanceof Gate.Max)) {
            return GateEvidence.of(version.scores());
        }
        try (FetchedBundle fetched = context.fetch(version)) {
            Bundle bundle = fetched.bundle();
            return new GateEvidence(
                    version.scores(),
                    new Contests(context, learning, bundle).of(gates),
                    slices(bundle, gates),
                    calibrationError(bundle, gates),
                    bundle.manifest().files().stream()
                            .mapToLong(Manifest.Entry::bytes)
                            .sum(),
                    latency(bundle, gates));
        }
    }

    private Scorer scorer(Bundle bundle) throws IOException {
        return Scorer.of(bundle, new ModelFiles(context.spark(), context.warehouse()));
    }

    private Map<Gate.Slices, List<Slice>> slices(Bundle bundle, List<Gate> gates) throws IOException {
        Map<Gate.Slices, List<Slice>> measured = new HashMap<>();
        for (Gate gate : gates) {
            if (gate instanceof Gate.Slices slices) {
                measured.put(slices, slices(scorer(bundle), slices));
            }
        }
        return measured;
    }

    private List<Slice> slices(Scorer scorer, Gate.Slices gate) {
        Metric metric = learning.metric(gate.metric());
        Dataset<Row> predicted = scorer.predictLabelled(
                learning.testRows(context.spark()),
                learning.set().features(),
                WatchedRows.text(learning.set().features(), gate.feature()).as(SLICE));
        Map<String, Long> sizes = new HashMap<>();
        predicted
                .groupBy(SLICE)
                .agg(count(lit(1)).as("rows"))
                .where(col("rows").geq(gate.rows()))
                .collectAsList()
                .forEach(row -> sizes.put(row.getAs(SLICE), row.<Long>getAs("rows")));
        Map<String, Map<Metric, Interval>> intervals = judgement.intervals(
                predicted.where(col(SLICE).isin(sizes.keySet().toArray())),
                col(SLICE),
                List.of(metric),
                new Bootstrap(RESAMPLES, LEVEL, learning.settings().seed()));
        return intervals.entrySet().stream()
                .map(slice -> new Slice(
                        slice.getKey(), score(gate.metric(), slice.getValue().get(metric)), sizes.get(slice.getKey())))
                .sorted(Comparator.comparing(Slice::value))
                .toList();
    }

    private static Score score(String metric, Interval interval) {
        return new Score(metric, interval.value(), interval.low(), interval.high());
    }

    private OptionalDouble calibrationError(Bundle bundle, List<Gate> gates) throws IOException {
        if (gates.stream().noneMatch(Gate.Calibration.class::isInstance)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(judgement.calibrationError(scorer(bundle)
                .predictLabelled(
                        learning.testRows(context.spark()), learning.set().features())));
    }

    private Optional<Duration> latency(Bundle bundle, List<Gate> gates) {
        return gates.stream().anyMatch(Gate.Latency.class::isInstance)
                ? Optional.of(RowLatency.median(
                        bundle,
                        learning.testRows(context.spark()),
                        learning.set().features()))
                : Optional.empty();
    }
}

package io.trainyard.jobs.report;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.trainyard.features.profile.ColumnDrift;
import io.trainyard.features.profile.DriftMeasure;
import io.trainyard.features.profile.DriftReport;
import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.monitor.Incident;
import io.trainyard.jobs.monitor.Inputs;
import io.trainyard.jobs.monitor.MonitorReport;
import io.trainyard.jobs.monitor.SourceAge;
import io.trainyard.jobs.monitor.WindowReport;
import io.trainyard.registry.Score;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The newest window in Prometheus' text format 0.0.4. Series are named by pipeline, model, column, metric, source and test alone, so that
 * runs do not add any:
 *
 * <ul>
 *   <li>{@code trainyard_monitor_drift}: Jensen and Shannon's distance of a column, {@code kind} being feature, prediction or label;
 *   <li>{@code trainyard_monitor_verdict}: 0 stable, 1 worth a look, 2 drifted;
 *   <li>{@code trainyard_monitor_metric}: {@code kind} being measured, low, high, estimated or tested;
 *   <li>{@code trainyard_monitor_rows}, {@code trainyard_monitor_label_coverage_ratio}, {@code trainyard_monitor_open_incidents}, {@code
 *       trainyard_monitor_model_version};
 *   <li>{@code trainyard_monitor_source_age_seconds} and {@code trainyard_monitor_source_age_limit_seconds} by source, {@code
 *       trainyard_monitor_source_stale}: 0 or 1, {@code trainyard_monitor_test_failed_rows} by table and test;
 *   <li>{@code trainyard_monitor_window_end_timestamp_seconds}, {@code trainyard_monitor_newest_row_timestamp_seconds}, {@code
 *       trainyard_monitor_last_success_timestamp_seconds}.
 * </ul>
 */
public final class MonitorMetrics {
    private final MonitorReport report;
    private final WindowReport latest;

    private MonitorMetrics(MonitorReport report) {
        this.report = report;
        this.latest = report.latest();
    }

    /** @param now when the run succeeded */
    public static String text(MonitorReport report, Instant now) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(bytes, new MonitorMetrics(report).snapshots(now));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: it goes to memory
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private MetricSnapshots snapshots(Instant now) {
        GaugeSnapshot.Builder drift = gauge("drift", "Jensen-Shannon distance from the training data");
        GaugeSnapshot.Builder verdict = gauge("verdict", "0 stable, 1 worth a look, 2 drifted");
        add("feature", latest.features(), drift, verdict);
        add("prediction", latest.predictions(), drift, verdict);
        latest.labels().ifPresent(labels -> add("label", labels, drift, verdict));
        GaugeSnapshot.Builder newest = gauge("newest_row_timestamp_seconds", "Event time of the newest row");
        latest.newest().ifPresent(moment -> newest.dataPoint(point(Labels.EMPTY, seconds(moment))));
        double open = report.incidents().stream().filter(Incident::open).count();
        return MetricSnapshots.of(
                drift.build(),
                verdict.build(),
                metric(),
                sources("age_seconds", "Age of the newest row at the logical time", MonitorMetrics::age),
                sources(
                        "age_limit_seconds",
                        "Age that is borne",
                        age -> OptionalDouble.of((double) age.limit().toSeconds())),
                sources(
                        "stale",
                        "Whether the newest row is older than is borne, or there is none",
                        age -> OptionalDouble.of(age.stale() ? 1 : 0)),
                tests(),
                single("rows", "Rows of the newest window", (double) latest.rows()),
                single(
                        "label_coverage_ratio",
                        "Share of them whose label is known",
                        latest.quality().coverage()),
                single("open_incidents", "Incidents that go on", open),
                single(
                        "model_version",
                        "Number of the version that is watched",
                        latest.watched().version()),
                single(
                        "window_end_timestamp_seconds",
                        "End of the newest window",
                        seconds(latest.window().to())),
                newest.build(),
                single("last_success_timestamp_seconds", "When the monitor last succeeded", seconds(now)));
    }

    private GaugeSnapshot metric() {
        GaugeSnapshot.Builder metric = gauge("metric", "Metrics of the newest window, and those of the version's test");
        for (Score score : latest.quality().measured()) {
            add(metric, "measured", score.metric(), score.value());
            add(metric, "low", score.metric(), score.low());
            add(metric, "high", score.metric(), score.high());
        }
        latest.quality().estimated().forEach(score -> add(metric, "estimated", score.metric(), score.value()));
        latest.tested().forEach(score -> add(metric, "tested", score.metric(), score.value()));
        return metric.build();
    }

    private GaugeSnapshot sources(String name, String help, Function<SourceAge, OptionalDouble> value) {
        GaugeSnapshot.Builder gauge = gauge("source_" + name, help);
        report.inputs()
                .sources()
                .forEach(age -> value.apply(age)
                        .ifPresent(number -> gauge.dataPoint(point(Labels.of("source", age.source()), number))));
        return gauge.build();
    }

    private static OptionalDouble age(SourceAge age) {
        return age.age().stream().mapToDouble(Duration::toSeconds).findFirst();
    }

    private GaugeSnapshot tests() {
        GaugeSnapshot.Builder failed = gauge("test_failed_rows", "Rows that failed a test in the last build");
        report.inputs()
                .tests()
                .forEach(tested -> Inputs.judged(tested)
                        .forEach(result -> failed.dataPoint(point(
                                Labels.of("table", tested.table(), "test", result.test()), (double) result.failed()))));
        return failed.build();
    }

    private void add(GaugeSnapshot.Builder metric, String kind, String name, double value) {
        if (Double.isFinite(value)) {
            metric.dataPoint(point(Labels.of("kind", kind, "metric", name), value));
        }
    }

    private void add(String kind, DriftReport columns, GaugeSnapshot.Builder drift, GaugeSnapshot.Builder verdict) {
        for (ColumnDrift column : columns.columns()) {
            Labels labels = Labels.of("kind", kind, "column", column.column());
            column.distance(DriftMeasure.JENSEN_SHANNON)
                    .ifPresent(distance -> drift.dataPoint(point(labels, distance.value())));
            verdict.dataPoint(point(labels, number(column.verdict())));
        }
    }

    private GaugeSnapshot single(String name, String help, double value) {
        return gauge(name, help).dataPoint(point(Labels.EMPTY, value)).build();
    }

    private static double seconds(Instant moment) {
        return (double) moment.getEpochSecond();
    }

    private static double number(Verdict verdict) {
        return switch (verdict) {
            case STABLE -> 0;
            case WATCH -> 1;
            case DRIFTED -> 2;
        };
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name("trainyard_monitor_" + name).help(help);
    }

    private GaugeDataPointSnapshot point(Labels labels, double value) {
        Labels all = Labels.of(
                        "pipeline", report.pipeline(), "model", latest.watched().model())
                .merge(labels);
        return GaugeDataPointSnapshot.builder().labels(all).value(value).build();
    }
}

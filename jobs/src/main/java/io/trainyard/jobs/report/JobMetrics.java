package io.trainyard.jobs.report;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A job in Prometheus' text format 0.0.4, by pipeline and command alone, so that runs add no series:
 *
 * <ul>
 *   <li>while it runs: {@code trainyard_job_running}, {@code trainyard_job_start_timestamp_seconds}, {@code trainyard_job_stage} (1 for the
 *       stage that it is in), {@code trainyard_job_trials} by outcome;
 *   <li>of the last run, however it ended: {@code trainyard_job_success} (0 or 1), {@code trainyard_job_duration_seconds}, {@code
 *       trainyard_job_end_timestamp_seconds}, {@code trainyard_job_trials};
 *   <li>of the last run that succeeded: {@code trainyard_job_last_success_timestamp_seconds}, {@code trainyard_job_rows}.
 * </ul>
 *
 * @param stage the step of the flow that it is in, or was in last
 * @param trials of its search that are over
 * @param failed how many of them failed
 */
public record JobMetrics(String pipeline, String command, Instant started, String stage, int trials, int failed) {
    /** While the job runs. */
    public String running() {
        return text(List.of(
                single("running", "Whether the job runs", 1),
                single("start_timestamp_seconds", "When it began", seconds(started)),
                gauge("stage", "The step of the flow that it is in")
                        .dataPoint(point(Labels.of("stage", stage), 1))
                        .build(),
                trialsByOutcome()));
    }

    /** Of a run that is over. */
    public String ended(Instant now, boolean success) {
        return text(List.of(
                single("success", "Whether the last run succeeded", success ? 1 : 0),
                single(
                        "duration_seconds",
                        "How long the last run took",
                        Duration.between(started, now).toMillis() / 1_000.0),
                single("end_timestamp_seconds", "When the last run ended", seconds(now)),
                trialsByOutcome()));
    }

    /** Of a run that succeeded. */
    public String succeeded(Instant now, OptionalLong rows) {
        List<MetricSnapshot> all = new ArrayList<>();
        all.add(single("last_success_timestamp_seconds", "When a run last succeeded", seconds(now)));
        rows.ifPresent(count -> all.add(single("rows", "Rows of what the run made", (double) count)));
        return text(all);
    }

    private GaugeSnapshot trialsByOutcome() {
        return gauge("trials", "Trials of the search that are over")
                .dataPoint(point(Labels.of("outcome", "finished"), trials - failed))
                .dataPoint(point(Labels.of("outcome", "failed"), failed))
                .build();
    }

    private static String text(List<MetricSnapshot> metrics) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(bytes, new MetricSnapshots(metrics));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: it goes to memory
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private GaugeSnapshot single(String name, String help, double value) {
        return gauge(name, help).dataPoint(point(Labels.EMPTY, value)).build();
    }

    private static double seconds(Instant moment) {
        return (double) moment.getEpochSecond();
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name("trainyard_job_" + name).help(help);
    }

    private GaugeDataPointSnapshot point(Labels labels, double value) {
        Labels all = Labels.of("pipeline", pipeline, "command", command).merge(labels);
        return GaugeDataPointSnapshot.builder().labels(all).value(value).build();
    }
}

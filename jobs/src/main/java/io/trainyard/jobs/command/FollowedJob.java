package io.trainyard.jobs.command;

import io.trainyard.jobs.config.MonitorConfig;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PrometheusConfig;
import io.trainyard.jobs.notice.MetricsEndpoint;
import io.trainyard.jobs.notice.NoticeException;
import io.trainyard.jobs.notice.Pushgateway;
import io.trainyard.jobs.notice.Textfile;
import io.trainyard.jobs.report.JobMetrics;
import io.trainyard.jobs.run.Console;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Shows a job to Prometheus where the pipeline says so: while it runs, and what became of it. A job does not fail for numbers that nobody
 * sees; it says so.
 */
final class FollowedJob implements Console.Follower, AutoCloseable {
    private final Console console;
    private final String pipeline;
    private final String command;
    private final Optional<PrometheusConfig> config;
    private final Instant started = Instant.now();
    private final Optional<MetricsEndpoint> endpoint;
    private volatile JobMetrics metrics;
    private OptionalLong rows = OptionalLong.empty();
    private boolean success;

    private FollowedJob(Console console, Pipeline pipeline, String command) {
        this.console = console;
        this.pipeline = pipeline.name();
        this.command = command;
        this.config = pipeline.monitor().flatMap(MonitorConfig::prometheus);
        this.metrics = new JobMetrics(pipeline.name(), command, started, "Start", 0, 0);
        this.endpoint = config.flatMap(PrometheusConfig::listen).flatMap(this::listen);
    }

    static FollowedJob begin(Console console, Pipeline pipeline, String command) {
        return new FollowedJob(console, pipeline, command);
    }

    /** Empty where it cannot be: another job of the pipeline may be shown there. */
    private Optional<MetricsEndpoint> listen(String address) {
        int colon = address.lastIndexOf(':');
        InetSocketAddress socket =
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        try {
            return Optional.of(MetricsEndpoint.open(socket, () -> metrics.running()));
        } catch (NoticeException failure) {
            console.say(failure.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void stage(String name) {
        metrics = new JobMetrics(pipeline, command, started, name, metrics.trials(), metrics.failed());
    }

    @Override
    public void trials(int finished, int failed) {
        metrics = new JobMetrics(pipeline, command, started, metrics.stage(), finished, failed);
    }

    /** The job did what it should, and made so many rows. */
    void succeeded(OptionalLong made) {
        success = true;
        rows = made;
    }

    @Override
    public void close() {
        endpoint.ifPresent(MetricsEndpoint::close);
        config.ifPresent(this::tell);
    }

    private void tell(PrometheusConfig prometheus) {
        Instant now = Instant.now();
        try {
            tell(prometheus, "last", metrics.ended(now, success));
            if (success) {
                tell(prometheus, "success", metrics.succeeded(now, rows));
            }
        } catch (NoticeException failure) {
            console.say(failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(PrometheusConfig prometheus, String part, String text) throws InterruptedException {
        prometheus
                .textfile()
                .ifPresent(folder ->
                        new Textfile(Path.of(folder)).write("%s-%s-%s".formatted(pipeline, command, part), text));
        if (prometheus.pushgateway().isPresent()) {
            new Pushgateway(prometheus.pushgateway().get()).push(pipeline, command, part, text);
        }
    }
}

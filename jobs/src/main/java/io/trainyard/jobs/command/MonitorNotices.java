package io.trainyard.jobs.command;

import io.trainyard.jobs.config.AlertConfig;
import io.trainyard.jobs.config.MonitorConfig;
import io.trainyard.jobs.config.PrometheusConfig;
import io.trainyard.jobs.monitor.Incident;
import io.trainyard.jobs.monitor.MonitorReport;
import io.trainyard.jobs.notice.Alert;
import io.trainyard.jobs.notice.MailServer;
import io.trainyard.jobs.notice.NoticeException;
import io.trainyard.jobs.notice.Pushgateway;
import io.trainyard.jobs.notice.Textfile;
import io.trainyard.jobs.notice.Webhook;
import io.trainyard.jobs.report.MonitorMetrics;
import io.trainyard.jobs.run.JobContext;
import io.trainyard.jobs.run.ToldAlerts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who else hears of what the monitor saw. */
final class MonitorNotices {
    private final JobContext context;
    private final MonitorConfig config;
    private final MonitorReport report;

    MonitorNotices(JobContext context, MonitorReport report) {
        this.context = context;
        this.config = context.pipeline().monitor().orElseThrow();
        this.report = report;
    }

    /**
     * Tells whom it can.
     *
     * @throws NoticeException if somebody could not be told, after all others were; the next run tells what was left
     */
    void send() throws InterruptedException {
        List<NoticeException> failures = new ArrayList<>();
        Optional<PrometheusConfig> prometheus = config.prometheus();
        if (prometheus.isPresent()) {
            send(prometheus.get(), failures);
        }
        for (AlertConfig alerts : config.alerts()) {
            for (Receiver receiver : receivers(alerts)) {
                tell(receiver, failures);
            }
        }
        if (!failures.isEmpty()) {
            NoticeException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private void send(PrometheusConfig prometheus, List<NoticeException> failures) throws InterruptedException {
        String metrics = MonitorMetrics.text(report, Instant.now(context.clock()));
        try {
            prometheus.textfile().ifPresent(folder -> new Textfile(Path.of(folder)).write(report.pipeline(), metrics));
            if (prometheus.pushgateway().isPresent()) {
                new Pushgateway(prometheus.pushgateway().get()).push(report.pipeline(), metrics);
            }
        } catch (NoticeException failure) {
            failures.add(failure);
        }
    }

    /**
     * One who is told.
     *
     * @param address says the same receiver in every run
     */
    private record Receiver(String address, Channel channel) {}

    /** A way to tell somebody of an alert. */
    private interface Channel {
        void send(Alert alert) throws InterruptedException;
    }

    private List<Receiver> receivers(AlertConfig config) {
        if (config instanceof AlertConfig.Webhook hook) {
            return List.of(
                    new Receiver(hook.webhook(), alert -> new Webhook(hook.webhook(), hook.template()).send(alert)));
        }
        AlertConfig.Mail mail = (AlertConfig.Mail) config;
        MailServer server = new MailServer(
                mail.host(),
                mail.serverPort(),
                mail.security(),
                mail.from(),
                mail.user()
                        .map(user -> new MailServer.Login(
                                user, mail.password().orElseThrow().value())));
        return mail.mail().stream()
                .map(address -> new Receiver(
                        "mailto:" + address, alert -> server.send(alert, address, Instant.now(context.clock()))))
                .toList();
    }

    private void tell(Receiver receiver, List<NoticeException> failures) throws InterruptedException {
        ToldAlerts told = new ToldAlerts(context, receiver.address());
        int count = 0;
        try {
            for (Alert alert : untold(told.keys())) {
                receiver.channel().send(alert);
                told.add(alert.key(), Instant.now(context.clock()));
                count++;
            }
        } catch (NoticeException failure) {
            failures.add(failure);
        }
        if (count > 0) {
            context.console().say("told a receiver of %d incidents".formatted(count));
        }
    }

    /** The oldest first. That an incident is over is news only to those who heard of it. */
    private List<Alert> untold(Set<String> told) {
        List<Incident> incidents = new ArrayList<>(report.incidents());
        incidents.sort(Comparator.comparing(Incident::opened).thenComparing(Incident::id));
        return incidents.stream()
                .map(incident -> new Alert(
                        report.pipeline(),
                        report.latest().watched().model(),
                        report.latest().watched().version(),
                        incident))
                .filter(alert -> !told.contains(alert.key()))
                .filter(alert -> alert.incident().open() || told.contains(alert.keyOfOpening()))
                .toList();
    }
}

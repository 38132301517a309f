package io.trainyard.jobs.command;

import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.monitor.Finding;
import io.trainyard.jobs.monitor.Incident;
import io.trainyard.jobs.monitor.MonitorReport;
import io.trainyard.jobs.monitor.WindowReport;
import io.trainyard.jobs.run.MonitorJob;
import io.trainyard.registry.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the monitor saw, as text for people. */
final class MonitorText {
    private MonitorText() {}

    static String of(MonitorJob.Result result) {
        MonitorReport report = result.report();
        return "\n%s version %d\n%s%s%s"
                .formatted(
                        result.version().model(),
                        result.version().number(),
                        windows(report),
                        findings(report),
                        incidents(report));
    }

    private static String windows(MonitorReport report) {
        List<List<String>> lines = new ArrayList<>();
        String metric = report.metric();
        lines.add(List.of("from", "to", "rows", "labelled", metric, "expected", "drifted", "watched"));
        for (int i = 0; i < report.windows().size(); i++) {
            WindowReport window = report.windows().get(i);
            List<Finding> found = report.findings().get(i);
            lines.add(List.of(
                    window.window().from().toString(),
                    window.window().to().toString(),
                    String.format(Locale.ROOT, "%,d", window.rows()),
                    window.rows() == 0
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "%.0f %%",
                                    100 * window.quality().coverage()),
                    score(window.quality().measured(), metric),
                    score(window.quality().estimated(), metric),
                    String.valueOf(count(found, Verdict.DRIFTED)),
                    String.valueOf(count(found, Verdict.WATCH))));
        }
        return Columns.of(lines);
    }

    private static String score(List<Score> scores, String metric) {
        return scores.stream()
                .filter(score -> score.metric().equals(metric))
                .map(score -> String.format(Locale.ROOT, "%.4f", score.value()))
                .findFirst()
                .orElse("");
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    private static String findings(MonitorReport report) {
        String found = report.latestFindings().stream()
                .map(finding -> "  %s, %s\n%s"
                        .formatted(
                                finding.name(),
                                finding.verdict().name().toLowerCase(Locale.ROOT),
                                finding.reasons().stream()
                                        .map(reason -> "    " + reason)
                                        .collect(Collectors.joining("\n"))))
                .collect(Collectors.joining("\n"));
        return found.isEmpty() ? "\nThe newest window is like the training data" : "\nFound\n" + found;
    }

    private static String incidents(MonitorReport report) {
        String open = report.incidents().stream()
                .filter(Incident::open)
                .map(incident -> "  %s %s, since %s"
                        .formatted(
                                incident.kind().name().toLowerCase(Locale.ROOT), incident.subject(), incident.opened()))
                .collect(Collectors.joining("\n"));
        return open.isEmpty() ? "" : "\nOpen incidents\n" + open;
    }
}

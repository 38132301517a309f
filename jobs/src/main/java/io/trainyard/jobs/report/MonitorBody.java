package io.trainyard.jobs.report;

import static io.trainyard.jobs.card.PlainText.escaped;
import static io.trainyard.jobs.report.PageText.badge;
import static io.trainyard.jobs.report.PageText.share;
import static io.trainyard.jobs.report.PageText.text;
import static io.trainyard.jobs.report.PageText.word;

import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.card.PlainText;
import io.trainyard.jobs.monitor.Finding;
import io.trainyard.jobs.monitor.Finding.Kind;
import io.trainyard.jobs.monitor.Incident;
import io.trainyard.jobs.monitor.MonitorReport;
import io.trainyard.jobs.monitor.WindowReport;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The body of the monitor's page: what is wrong in words, the newest window in numbers, and then each part. */
final class MonitorBody {
    private final MonitorReport report;
    private final WindowReport latest;
    private final MonitorColumns columns;
    private final MonitorTables tables;
    private final PageText metric;

    MonitorBody(MonitorReport report, MonitorPlots plots) {
        this.report = report;
        this.latest = report.latest();
        this.columns = new MonitorColumns(report, plots);
        this.tables = new MonitorTables(report);
        this.metric = new PageText(report.metric());
    }

    String html() {
        return "<header><h1>%s version %d</h1><p class=\"soft\">Rows of %s, %d %s up to %s, as of %s</p></header>\n"
                        .formatted(
                                escaped(latest.watched().model()),
                                latest.watched().version(),
                                escaped(latest.watched().rows()),
                                report.windows().size(),
                                report.windows().size() == 1 ? "window" : "windows",
                                text(latest.window().to()),
                                text(report.asOf()))
                + verdict()
                + cards()
                + "<h2>How good it is</h2><div class=\"pair\"><div><p class=\"soft\">%s over the windows, with its 95 %% interval</p><div class=\"plot\" data-plot=\"metric\" role=\"img\" aria-label=\"the metric by window; the table below has its numbers\"></div></div><div><p class=\"soft\">Rows by window</p><div class=\"plot\" data-plot=\"rows\" role=\"img\" aria-label=\"rows by window; the table below has their numbers\"></div></div></div>%s\n"
                        .formatted(escaped(report.metric()), tables.windows())
                + "<h2>What it says, and what happens</h2><div class=\"pair\">%s%s</div>\n"
                        .formatted(
                                columns.columns(latest.predictions().columns(), "Predictions"),
                                columns.columns(
                                        latest.labels()
                                                .map(labels -> labels.columns())
                                                .orElse(List.of()),
                                        "Labels"))
                + columns.heat()
                + columns.features()
                + tables.slices()
                + tables.inputs()
                + tables.incidents();
    }

    private String verdict() {
        Verdict worst = report.latestFindings().stream()
                .map(Finding::verdict)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.STABLE);
        List<String> points = Stream.of(
                        Kind.METRIC, Kind.PREDICTION, Kind.LABEL, Kind.VOLUME, Kind.FRESHNESS, Kind.TEST)
                .flatMap(kind -> report.latestFindings().stream().filter(finding -> finding.kind() == kind))
                .map(finding -> "<p>%s <b>%s</b>%s: %s</p>"
                        .formatted(
                                badge(finding.verdict()),
                                escaped(finding.name()),
                                since(finding),
                                finding.reasons().stream()
                                        .map(PlainText::escaped)
                                        .collect(Collectors.joining("; "))))
                .toList();
        long drifted = count(Verdict.DRIFTED);
        long watched = count(Verdict.WATCH);
        String headline = switch (worst) {
            case STABLE -> "The newest window is like the training data.";
            case WATCH -> "Nothing has surely changed by much; some of it is worth a look.";
            case DRIFTED ->
                drifted > 0
                        ? "%d of %d features have drifted%s."
                                .formatted(
                                        drifted,
                                        latest.features().columns().size(),
                                        watched > 0 ? ", %d more are worth a look".formatted(watched) : "")
                        : "The features are like the training data; something else is not.";
        };
        return "<div class=\"verdict %s\"><strong>%s</strong>%s</div>\n"
                .formatted(word(worst), headline, String.join("", points));
    }

    private String since(Finding finding) {
        return report.incidents().stream()
                .filter(Incident::open)
                .filter(incident ->
                        incident.kind() == finding.kind() && incident.subject().equals(finding.subject()))
                .findFirst()
                .map(incident -> " since " + text(incident.opened()))
                .orElse("");
    }

    private long count(Verdict verdict) {
        return latest.features().columns().stream()
                .filter(column -> column.verdict() == verdict)
                .count();
    }

    private String cards() {
        return "<div class=\"cards\">%s%s%s%s%s</div>\n"
                .formatted(
                        card(
                                report.metric(),
                                metric.score(latest.quality().measured()),
                                "on test rows " + metric.score(latest.tested())),
                        card(
                                "expected before labels",
                                metric.score(latest.quality().estimated()),
                                report.metric()),
                        card("rows", String.format(Locale.ROOT, "%,d", latest.rows()), newest()),
                        card("labels known", share(latest.quality().coverage()), "of these rows"),
                        card(
                                "open incidents",
                                String.valueOf(report.incidents().stream()
                                        .filter(Incident::open)
                                        .count()),
                                "of %d in all".formatted(report.incidents().size())));
    }

    private String newest() {
        return latest.newest().map(moment -> "the newest of " + text(moment)).orElse("none");
    }

    private static String card(String name, String value, String below) {
        return "<div class=\"card\"><span class=\"soft\">%s</span><b>%s</b><span class=\"soft\">%s</span></div>"
                .formatted(escaped(name), escaped(value), escaped(below));
    }
}

package io.trainyard.jobs.report;

import static io.trainyard.jobs.report.HtmlWriter.escaped;

import io.trainyard.features.profile.ColumnDrift;
import io.trainyard.features.profile.DriftMeasure;
import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.monitor.Finding;
import io.trainyard.jobs.monitor.Finding.Kind;
import io.trainyard.jobs.monitor.Incident;
import io.trainyard.jobs.monitor.MonitorReport;
import io.trainyard.jobs.monitor.SliceQuality;
import io.trainyard.jobs.monitor.WindowReport;
import io.trainyard.registry.Score;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The body of the monitor's page: what it says in words and tables, and places for plots. */
final class MonitorBody {
    private static final Comparator<ColumnDrift> WORST_FIRST = Comparator.comparing(ColumnDrift::verdict)
            .thenComparingDouble(MonitorBody::distance)
            .reversed();

    private final MonitorReport report;
    private final MonitorPlots plots;
    private final WindowReport latest;

    MonitorBody(MonitorReport report, MonitorPlots plots) {
        this.report = report;
        this.plots = plots;
        this.latest = report.latest();
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
                        .formatted(escaped(report.metric()), windows())
                + "<h2>What it says, and what happens</h2><div class=\"pair\">%s%s</div>\n"
                        .formatted(
                                columns(latest.predictions().columns(), "Predictions"),
                                columns(
                                        latest.labels()
                                                .map(labels -> labels.columns())
                                                .orElse(List.of()),
                                        "Labels"))
                + heat()
                + features()
                + slices()
                + incidents();
    }

    private String verdict() {
        Verdict worst = report.latestFindings().stream()
                .map(Finding::verdict)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.STABLE);
        List<String> points = Stream.of(Kind.METRIC, Kind.PREDICTION, Kind.LABEL, Kind.VOLUME)
                .flatMap(kind -> report.latestFindings().stream().filter(finding -> finding.kind() == kind))
                .map(finding -> "<p>%s <b>%s</b>%s: %s</p>"
                        .formatted(
                                badge(finding.verdict()),
                                escaped(finding.name()),
                                since(finding),
                                finding.reasons().stream()
                                        .map(HtmlWriter::escaped)
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
                                score(latest.quality().measured()),
                                "on test rows " + score(latest.tested())),
                        card("expected before labels", score(latest.quality().estimated()), report.metric()),
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

    private String windows() {
        String rows = report.windows().stream()
                .map(window -> "<tr><td>%s</td><td>%,d</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                escaped(MonitorPlots.label(window)),
                                window.rows(),
                                share(window.quality().coverage()),
                                interval(window.quality().measured()),
                                score(window.quality().estimated())))
                .collect(Collectors.joining());
        return "<details><summary>As a table</summary><table><tr><th>window from</th><th>rows</th><th>labels known</th><th>%s</th><th>expected</th></tr>%s</table></details>"
                .formatted(escaped(report.metric()), rows);
    }

    private String columns(List<ColumnDrift> columns, String title) {
        return columns.isEmpty()
                ? "<article><h3>%s</h3><p class=\"soft\">Too few are known to compare.</p></article>".formatted(title)
                : columns.stream().map(column -> article(title, column)).collect(Collectors.joining());
    }

    private String article(String title, ColumnDrift column) {
        String reasons = column.reasons().stream()
                .map(reason -> "<li>" + escaped(reason) + "</li>")
                .collect(Collectors.joining());
        String distances = column.distances().stream()
                .map(distance -> "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                escaped(distance.measure().title()),
                                figure(distance.value()),
                                figure(distance.lower()),
                                figure(distance.noise())))
                .collect(Collectors.joining());
        String shares = column.bins().stream()
                .map(bin -> "<tr><td>%s</td><td>%,.0f</td><td>%,.0f</td></tr>"
                        .formatted(escaped(bin.label()), bin.reference(), bin.current()))
                .collect(Collectors.joining());
        String plot = column.bins().isEmpty()
                ? ""
                : "<div class=\"plot small\" data-plot=\"histogram\" data-of=\"%d\" role=\"img\" aria-label=\"shares of rows by bin; the table below has their numbers\"></div>"
                        .formatted(plots.histogram(column));
        return "<article><h3>%s %s</h3><ul>%s</ul>%s<details><summary>As a table</summary><table><tr><th>measure</th><th>value</th><th>surely above</th><th>by chance</th></tr>%s</table><table><tr><th>bin</th><th>rows of training</th><th>rows of the newest window</th></tr>%s</table></details></article>\n"
                .formatted(escaped(title), badge(column.verdict()), reasons, plot, distances, shares);
    }

    /** By Jensen and Shannon's distance, which every kind of column has. */
    private String heat() {
        String head = report.windows().stream()
                .map(window -> "<th>%s</th>".formatted(escaped(MonitorPlots.label(window))))
                .collect(Collectors.joining());
        List<String> sorted = latest.features().columns().stream()
                .sorted(WORST_FIRST)
                .map(ColumnDrift::column)
                .toList();
        String rows = sorted.stream()
                .map(feature -> "<tr><td>%s</td>%s</tr>\n"
                        .formatted(
                                escaped(feature),
                                report.windows().stream()
                                        .map(window -> cell(window.features().column(feature)))
                                        .collect(Collectors.joining())))
                .collect(Collectors.joining());
        return "<h2>Features over the windows</h2><p class=\"soft\">Jensen-Shannon distance from the training data; ● drifted, ◐ worth a look</p><div class=\"scroll\"><table class=\"heat\"><tr><th>feature</th>%s</tr>\n%s</table></div>\n"
                .formatted(head, rows);
    }

    private static String cell(Optional<ColumnDrift> column) {
        return column.map(drift -> "<td class=\"%s\">%s%s</td>"
                        .formatted(
                                drift.distances().isEmpty() && drift.verdict() == Verdict.STABLE
                                        ? "unknown"
                                        : word(drift.verdict()),
                                mark(drift.verdict()),
                                drift.distances().isEmpty() ? "–" : figure(distance(drift))))
                .orElse("<td class=\"unknown\">–</td>");
    }

    private static String mark(Verdict verdict) {
        return switch (verdict) {
            case STABLE -> "";
            case WATCH -> "◐ ";
            case DRIFTED -> "● ";
        };
    }

    private static double distance(ColumnDrift column) {
        return column.distance(DriftMeasure.JENSEN_SHANNON)
                .map(distance -> distance.value())
                .orElse(0.0);
    }

    private String features() {
        List<ColumnDrift> sorted =
                latest.features().columns().stream().sorted(WORST_FIRST).toList();
        String moved = articles(sorted, column -> column.verdict() != Verdict.STABLE);
        String calm = articles(sorted, column -> column.verdict() == Verdict.STABLE);
        return "<h2>Features in the newest window</h2>%s<details><summary>%d that are like the training data</summary><div class=\"pair\">%s</div></details>\n"
                .formatted(
                        moved.isEmpty() ? "" : "<div class=\"pair\">" + moved + "</div>", count(Verdict.STABLE), calm);
    }

    private String articles(List<ColumnDrift> columns, Predicate<ColumnDrift> chosen) {
        return columns.stream()
                .filter(chosen)
                .map(column -> article(column.column(), column))
                .collect(Collectors.joining());
    }

    private String slices() {
        if (latest.slices().isEmpty()) {
            return "";
        }
        String rows = latest.slices().stream()
                .sorted(Comparator.comparing(SliceQuality::feature))
                .map(slice -> "<tr><td>%s = %s</td><td>%,d</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                escaped(slice.feature()),
                                escaped(slice.value()),
                                slice.quality().rows(),
                                share(slice.quality().coverage()),
                                interval(slice.quality().measured())))
                .collect(Collectors.joining("\n"));
        return "<h2>Slices of the newest window</h2><div class=\"scroll\"><table><tr><th>slice</th><th>rows</th><th>labels known</th><th>%s</th></tr>%s</table></div>\n"
                .formatted(escaped(report.metric()), rows);
    }

    private String incidents() {
        if (report.incidents().isEmpty()) {
            return "<h2>Incidents</h2><p>None.</p>\n";
        }
        String rows = report.incidents().stream()
                .map(incident -> "<tr><td>%s %s</td><td>%s</td><td>%s</td><td class=\"text\">%s</td></tr>"
                        .formatted(
                                word(incident.kind()),
                                escaped(incident.subject()),
                                text(incident.opened()),
                                incident.closed().map(MonitorBody::text).orElse("open"),
                                incident.reasons().stream()
                                        .limit(1)
                                        .map(HtmlWriter::escaped)
                                        .collect(Collectors.joining())))
                .collect(Collectors.joining("\n"));
        return "<h2>Incidents</h2><div class=\"scroll\"><table><tr><th>subject</th><th>since</th><th>until</th><th>because</th></tr>%s</table></div>\n"
                .formatted(rows);
    }

    private Optional<Score> named(List<Score> scores) {
        return scores.stream()
                .filter(score -> score.metric().equals(report.metric()))
                .findFirst();
    }

    private String score(List<Score> scores) {
        return named(scores).map(score -> figure(score.value())).orElse("–");
    }

    private String interval(List<Score> scores) {
        return named(scores)
                .map(score -> score.hasInterval()
                        ? "%s (%s to %s)".formatted(figure(score.value()), figure(score.low()), figure(score.high()))
                        : figure(score.value()))
                .orElse("–");
    }

    private static String share(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static String figure(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "–";
    }

    private static String badge(Verdict verdict) {
        return "<span class=\"badge %s\">%s%s</span>"
                .formatted(word(verdict), mark(verdict), verdict == Verdict.WATCH ? "worth a look" : word(verdict));
    }

    private static String text(Instant moment) {
        return moment.toString().replace("T00:00:00Z", "");
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

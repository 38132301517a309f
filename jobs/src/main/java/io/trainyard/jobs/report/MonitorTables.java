package io.trainyard.jobs.report;

import static io.trainyard.jobs.card.PlainText.escaped;
import static io.trainyard.jobs.report.PageText.share;
import static io.trainyard.jobs.report.PageText.text;
import static io.trainyard.jobs.report.PageText.word;

import io.trainyard.jobs.card.PlainText;
import io.trainyard.jobs.monitor.Inputs;
import io.trainyard.jobs.monitor.MonitorReport;
import io.trainyard.jobs.monitor.SliceQuality;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Tables of the monitor's page that stand for themselves: windows, slices and incidents. */
final class MonitorTables {
    private final MonitorReport report;
    private final PageText metric;

    MonitorTables(MonitorReport report) {
        this.report = report;
        this.metric = new PageText(report.metric());
    }

    String windows() {
        String rows = report.windows().stream()
                .map(window -> "<tr><td>%s</td><td>%,d</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                escaped(MonitorPlots.label(window)),
                                window.rows(),
                                share(window.quality().coverage()),
                                metric.interval(window.quality().measured()),
                                metric.score(window.quality().estimated())))
                .collect(Collectors.joining());
        return "<details><summary>As a table</summary><table><tr><th>window from</th><th>rows</th><th>labels known</th><th>%s</th><th>expected</th></tr>%s</table></details>"
                .formatted(escaped(report.metric()), rows);
    }

    String slices() {
        if (report.latest().slices().isEmpty()) {
            return "";
        }
        String rows = report.latest().slices().stream()
                .sorted(Comparator.comparing(SliceQuality::feature))
                .map(slice -> "<tr><td>%s = %s</td><td>%,d</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                escaped(slice.feature()),
                                escaped(slice.value()),
                                slice.quality().rows(),
                                share(slice.quality().coverage()),
                                metric.interval(slice.quality().measured())))
                .collect(Collectors.joining("\n"));
        return "<h2>Slices of the newest window</h2><div class=\"scroll\"><table><tr><th>slice</th><th>rows</th><th>labels known</th><th>%s</th></tr>%s</table></div>\n"
                .formatted(escaped(report.metric()), rows);
    }

    /** The sources whose age is limited, and the tests, those that fail first. */
    String inputs() {
        return sources() + tests();
    }

    private String sources() {
        String rows = report.inputs().sources().stream()
                .map(age -> "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                escaped(age.source()),
                                age.newest().map(PageText::text).orElse("none"),
                                age.age().map(Inputs::text).orElse(""),
                                escaped(Inputs.text(age.limit())),
                                age.stale() ? "stale" : "fresh"))
                .collect(Collectors.joining("\n"));
        return rows.isEmpty()
                ? ""
                : "<h2>Sources</h2><div class=\"scroll\"><table><tr><th>source</th><th>newest row</th><th>age</th><th>limit</th><th></th></tr>%s</table></div>\n"
                        .formatted(rows);
    }

    private String tests() {
        String rows = report.inputs().tests().stream()
                .flatMap(tested -> Inputs.judged(tested).stream()
                        .sorted(Comparator.comparing(result -> result.failed() == 0))
                        .map(result ->
                                "<tr><td>%s</td><td class=\"text\">%s</td><td>%,d</td><td>%,d</td><td>%s</td></tr>"
                                        .formatted(
                                                escaped(tested.table()),
                                                escaped(result.test()),
                                                result.rows(),
                                                result.failed(),
                                                word(result.action()))))
                .collect(Collectors.joining("\n"));
        return rows.isEmpty()
                ? ""
                : "<h2>Tests of the last build</h2><div class=\"scroll\"><table><tr><th>table</th><th>test</th><th>rows</th><th>failed</th><th>else</th></tr>%s</table></div>\n"
                        .formatted(rows);
    }

    String incidents() {
        if (report.incidents().isEmpty()) {
            return "<h2>Incidents</h2><p>None.</p>\n";
        }
        String rows = report.incidents().stream()
                .map(incident -> "<tr><td>%s %s</td><td>%s</td><td>%s</td><td class=\"text\">%s</td></tr>"
                        .formatted(
                                word(incident.kind()),
                                escaped(incident.subject()),
                                text(incident.opened()),
                                incident.closed().map(PageText::text).orElse("open"),
                                incident.reasons().stream()
                                        .limit(1)
                                        .map(PlainText::escaped)
                                        .collect(Collectors.joining())))
                .collect(Collectors.joining("\n"));
        return "<h2>Incidents</h2><div class=\"scroll\"><table><tr><th>subject</th><th>since</th><th>until</th><th>because</th></tr>%s</table></div>\n"
                .formatted(rows);
    }
}

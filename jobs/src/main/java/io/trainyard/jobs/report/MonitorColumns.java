package io.trainyard.jobs.report;

import static io.trainyard.jobs.card.PlainText.escaped;
import static io.trainyard.jobs.report.PageText.badge;
import static io.trainyard.jobs.report.PageText.figure;
import static io.trainyard.jobs.report.PageText.mark;
import static io.trainyard.jobs.report.PageText.word;

import io.trainyard.features.profile.ColumnDrift;
import io.trainyard.features.profile.DriftMeasure;
import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.monitor.MonitorReport;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the monitor's page says of columns: those of the newest window one by one, and features over all windows. */
final class MonitorColumns {
    private static final Comparator<ColumnDrift> WORST_FIRST = Comparator.comparing(ColumnDrift::verdict)
            .thenComparingDouble(MonitorColumns::distance)
            .reversed();

    private final MonitorReport report;
    private final MonitorPlots plots;

    MonitorColumns(MonitorReport report, MonitorPlots plots) {
        this.report = report;
        this.plots = plots;
    }

    String columns(List<ColumnDrift> columns, String title) {
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
    String heat() {
        String head = report.windows().stream()
                .map(window -> "<th>%s</th>".formatted(escaped(MonitorPlots.label(window))))
                .collect(Collectors.joining());
        List<String> sorted = report.latest().features().columns().stream()
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

    private static double distance(ColumnDrift column) {
        return column.distance(DriftMeasure.JENSEN_SHANNON)
                .map(distance -> distance.value())
                .orElse(0.0);
    }

    String features() {
        List<ColumnDrift> sorted = report.latest().features().columns().stream()
                .sorted(WORST_FIRST)
                .toList();
        String moved = articles(sorted, column -> column.verdict() != Verdict.STABLE);
        String calm = articles(sorted, column -> column.verdict() == Verdict.STABLE);
        return "<h2>Features in the newest window</h2>%s<details><summary>%d that are like the training data</summary><div class=\"pair\">%s</div></details>\n"
                .formatted(
                        moved.isEmpty() ? "" : "<div class=\"pair\">" + moved + "</div>",
                        sorted.stream()
                                .filter(column -> column.verdict() == Verdict.STABLE)
                                .count(),
                        calm);
    }

    private String articles(List<ColumnDrift> columns, Predicate<ColumnDrift> chosen) {
        return columns.stream()
                .filter(chosen)
                .map(column -> article(column.column(), column))
                .collect(Collectors.joining());
    }
}

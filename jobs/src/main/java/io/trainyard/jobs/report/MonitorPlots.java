package io.trainyard.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.profile.Bin;
import io.trainyard.features.profile.ColumnDrift;
import io.trainyard.jobs.card.PlainText;
import io.trainyard.jobs.monitor.MonitorReport;
import io.trainyard.jobs.monitor.WindowReport;
import io.trainyard.registry.Score;
import java.util.List;
import java.util.Optional;

/** The numbers behind a page's plots. */
final class MonitorPlots {
    private final MonitorReport report;
    private final ArrayNode histograms = JsonNodeFactory.instance.arrayNode();

    MonitorPlots(MonitorReport report) {
        this.report = report;
    }

    /** Adds the histogram of a column, and returns its number, by which the page refers to it. */
    int histogram(ColumnDrift column) {
        double before = column.bins().stream().mapToDouble(Bin::reference).sum();
        double now = column.bins().stream().mapToDouble(Bin::current).sum();
        ObjectNode node = histograms.addObject();
        ArrayNode labels = node.putArray("labels");
        ArrayNode reference = node.putArray("reference");
        ArrayNode current = node.putArray("current");
        column.bins().forEach(bin -> {
            labels.add(PlainText.line(bin.label()));
            reference.add(share(bin.reference(), before));
            current.add(share(bin.current(), now));
        });
        return histograms.size() - 1;
    }

    private static double share(double rows, double all) {
        return all == 0 ? 0 : rows / all;
    }

    /** JSON that can stand within a script: it ends none, and begins no comment. */
    String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        report.windows().forEach(window -> root.withArray("windows").add(label(window)));
        report.windows()
                .forEach(window ->
                        root.withArray("labelled").add(window.quality().labelled()));
        report.windows()
                .forEach(window -> root.withArray("unlabelled")
                        .add(window.rows() - window.quality().labelled()));
        root.set("metric", metric());
        root.set("histograms", histograms);
        return root.toString()
                .replace("<", "\\u003c")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** The day that a window starts, or the moment where it starts within one. */
    static String label(WindowReport window) {
        return window.window().from().toString().replace("T00:00:00Z", "");
    }

    private ObjectNode metric() {
        ObjectNode metric = JsonNodeFactory.instance.objectNode();
        for (WindowReport window : report.windows()) {
            Optional<Score> measured = named(window.quality().measured());
            metric.withArray("measured").add(number(measured.map(Score::value)));
            metric.withArray("low").add(number(measured.map(Score::low)));
            metric.withArray("width").add(number(measured.map(score -> score.high() - score.low())));
            metric.withArray("estimated")
                    .add(number(named(window.quality().estimated()).map(Score::value)));
        }
        metric.set("tested", number(named(report.latest().tested()).map(Score::value)));
        return metric;
    }

    private Optional<Score> named(List<Score> scores) {
        return scores.stream()
                .filter(score -> score.metric().equals(report.metric()))
                .findFirst();
    }

    private static JsonNode number(Optional<Double> value) {
        return value.filter(Double::isFinite)
                .<JsonNode>map(JsonNodeFactory.instance::numberNode)
                .orElseGet(JsonNodeFactory.instance::nullNode);
    }
}

package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.profile.ColumnDrift;
import io.trainyard.features.profile.DriftReport;
import io.trainyard.jobs.monitor.Finding;
import io.trainyard.jobs.monitor.Incident;
import io.trainyard.jobs.monitor.Inputs;
import io.trainyard.jobs.monitor.MonitorReport;
import io.trainyard.jobs.monitor.Quality;
import io.trainyard.jobs.monitor.WindowReport;
import io.trainyard.jobs.run.MonitorJob;
import io.trainyard.registry.Score;
import java.util.List;
import java.util.Locale;

/** What the monitor saw, as a document for programs. */
final class MonitorJson {
    private MonitorJson() {}

    static ObjectNode of(MonitorJob.Result result) {
        MonitorReport report = result.report();
        ObjectNode document = ResultJson.object()
                .put("model", result.version().model())
                .put("version", result.version().number())
                .put("reused", result.reused())
                .put("metric", report.metric());
        ArrayNode windows = document.putArray("windows");
        for (int i = 0; i < report.windows().size(); i++) {
            windows.add(of(report.windows().get(i), report.findings().get(i)));
        }
        document.set("inputs", of(report.inputs()));
        ArrayNode incidents = document.putArray("incidents");
        report.incidents().forEach(incident -> incidents.add(of(incident)));
        return document;
    }

    private static ObjectNode of(WindowReport window, List<Finding> findings) {
        ObjectNode node = ResultJson.object()
                .put("from", window.window().from().toString())
                .put("to", window.window().to().toString())
                .put("as_of", window.asOf().toString());
        add(window.quality(), node);
        node.set("features", of(window.features()));
        node.set("predictions", of(window.predictions()));
        window.labels().ifPresent(labels -> node.set("labels", of(labels)));
        ArrayNode slices = node.putArray("slices");
        window.slices().forEach(slice -> {
            ObjectNode added =
                    slices.addObject().put("feature", slice.feature()).put("value", slice.value());
            add(slice.quality(), added);
        });
        add(findings, node);
        return node;
    }

    private static void add(List<Finding> findings, ObjectNode node) {
        ArrayNode found = node.putArray("findings");
        findings.forEach(finding -> finding.reasons()
                .forEach(found.addObject()
                        .put("kind", word(finding.kind()))
                        .put("subject", finding.subject())
                        .put("verdict", word(finding.verdict()))
                        .putArray("reasons")::add));
    }

    private static ObjectNode of(Inputs inputs) {
        ObjectNode node = ResultJson.object();
        ArrayNode sources = node.putArray("sources");
        inputs.sources().forEach(age -> {
            ObjectNode source = sources.addObject().put("source", age.source());
            age.newest().ifPresent(newest -> source.put("newest", newest.toString()));
            age.age().ifPresent(old -> source.put("age_seconds", old.toSeconds()));
            source.put("limit_seconds", age.limit().toSeconds()).put("stale", age.stale());
        });
        ArrayNode tests = node.putArray("tests");
        inputs.tests()
                .forEach(report -> Inputs.judged(report)
                        .forEach(result -> tests.addObject()
                                .put("table", report.table())
                                .put("test", result.test())
                                .put("action", word(result.action()))
                                .put("rows", result.rows())
                                .put("failed", result.failed())));
        add(inputs.findings(), node);
        return node;
    }

    private static void add(Quality quality, ObjectNode node) {
        node.put("rows", quality.rows()).put("labelled", quality.labelled());
        scores(quality.measured(), node.putObject("measured"));
        scores(quality.estimated(), node.putObject("estimated"));
    }

    private static void scores(List<Score> scores, ObjectNode node) {
        for (Score score : scores) {
            ObjectNode added = node.putObject(score.metric()).put("value", score.value());
            if (score.hasInterval()) {
                added.put("low", score.low()).put("high", score.high());
            }
        }
    }

    private static ArrayNode of(DriftReport report) {
        ArrayNode columns = ResultJson.object().arrayNode();
        for (ColumnDrift column : report.columns()) {
            ObjectNode node = columns.addObject().put("column", column.column()).put("verdict", word(column.verdict()));
            column.reasons().forEach(node.putArray("reasons")::add);
            ObjectNode distances = node.putObject("distances");
            column.distances()
                    .forEach(distance -> distances
                            .putObject(word(distance.measure()))
                            .put("value", distance.value())
                            .put("lower", distance.lower()));
        }
        return columns;
    }

    private static ObjectNode of(Incident incident) {
        ObjectNode node = ResultJson.object()
                .put("id", incident.id())
                .put("kind", word(incident.kind()))
                .put("subject", incident.subject())
                .put("opened", incident.opened().toString())
                .put("windows", incident.windows());
        incident.closed().ifPresent(closed -> node.put("closed", closed.toString()));
        incident.reasons().forEach(node.putArray("reasons")::add);
        return node;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

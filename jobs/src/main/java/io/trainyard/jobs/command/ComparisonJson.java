package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.run.VersionComparison;
import io.trainyard.jobs.run.VersionComparison.Sides;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.Score;
import java.util.Map;
import java.util.Optional;

/** A comparison as a document for programs; what a version does not have is left out. */
final class ComparisonJson {
    private ComparisonJson() {}

    static ObjectNode of(VersionComparison comparison) {
        ObjectNode document = ResultJson.object()
                .put("model", comparison.first().model())
                .put("first", comparison.first().number())
                .put("second", comparison.second().number())
                .put("same_rows", comparison.sameRows());
        ObjectNode test = document.putObject("test");
        for (VersionComparison.Scores scores : comparison.scores()) {
            ObjectNode metric = test.putObject(scores.metric()).put("apart", scores.apart());
            put(metric, "first", scores.sides().first());
            put(metric, "second", scores.sides().second());
        }
        put(document.putObject("params"), comparison.params());
        put(document.putObject("environment"), comparison.environment());
        ObjectNode inputs = document.putObject("inputs");
        comparison.inputs().forEach((uri, sides) -> {
            ObjectNode input = inputs.putObject(uri);
            sides.first().ifPresent(side -> put(input.putObject("first"), side));
            sides.second().ifPresent(side -> put(input.putObject("second"), side));
        });
        put(document.putObject("features"), comparison.features());
        var importance = document.putArray("importance");
        comparison
                .importance()
                .forEach(moved -> importance
                        .addObject()
                        .put("feature", moved.column())
                        .put("first", moved.first())
                        .put("second", moved.second()));
        return document;
    }

    private static void put(ObjectNode node, Map<String, Sides<String>> differing) {
        differing.forEach((name, sides) -> {
            ObjectNode one = node.putObject(name);
            sides.first().ifPresent(value -> one.put("first", value));
            sides.second().ifPresent(value -> one.put("second", value));
        });
    }

    private static void put(ObjectNode node, String name, Optional<Score> found) {
        found.ifPresent(score -> node.putObject(name)
                .put("value", score.value())
                .put("low", score.low())
                .put("high", score.high()));
    }

    private static void put(ObjectNode node, Lineage.Input input) {
        node.put("version", input.version()).put("fingerprint", input.fingerprint());
    }
}

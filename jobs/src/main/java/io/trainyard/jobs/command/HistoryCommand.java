package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.registry.Event;
import io.trainyard.registry.GateDecision;
import io.trainyard.registry.GateDecisionJson;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What became of a model, who did it, and why. */
@Command(
        name = "history",
        description =
                "Every change of the pipeline's model: versions registered, what gates said of them and upon what numbers, aliases moved and rolled back, by whom and why.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard models history pipeline.yaml"})
final class HistoryCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions options;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        Pipeline pipeline = options.load();
        List<Event> events = ModelsCommand.registry(options, pipeline).history(pipeline.modelName());
        ArrayNode document = JsonNodeFactory.instance.arrayNode();
        events.forEach(event -> document.add(json(event)));
        String text = events.stream().map(HistoryCommand::text).collect(Collectors.joining("\n"));
        output.result(
                document,
                events.isEmpty()
                        ? "No model '%s' is registered yet: trainyard train".formatted(pipeline.modelName())
                        : text);
        return 0;
    }

    private static String text(Event event) {
        return "%4d  %s  %s  %s"
                .formatted(event.number(), event.at().truncatedTo(ChronoUnit.SECONDS), event.actor(), change(event));
    }

    private static String change(Event event) {
        if (event instanceof Event.Registered registered) {
            return "registered version " + registered.version().number();
        }
        if (event instanceof Event.Promoted moved) {
            return "%s moved from %s to version %d: %s"
                    .formatted(moved.alias(), version(moved.previous()), moved.version(), moved.reason());
        }
        if (event instanceof Event.RolledBack moved) {
            return "%s rolled back from version %d to version %d: %s"
                    .formatted(moved.alias(), moved.previous(), moved.version(), moved.reason());
        }
        if (event instanceof Event.Discarded discarded) {
            return "version %d discarded: %s".formatted(discarded.version(), discarded.reason());
        }
        Event.Judged judged = (Event.Judged) event;
        return "version %d as %s%s".formatted(judged.version(), judged.alias(), lines(judged.decision()));
    }

    private static String version(int number) {
        return number == 0 ? "nothing" : "version " + number;
    }

    /** A line for each gate, below what they are about. */
    static String lines(GateDecision decision) {
        return decision.reasons().stream().map(reason -> "\n        " + reason).collect(Collectors.joining());
    }

    private static ObjectNode json(Event event) {
        ObjectNode document = ResultJson.object()
                .put("number", event.number())
                .put("at", event.at().toString())
                .put("actor", event.actor());
        if (event instanceof Event.Registered registered) {
            return document.put("change", "registered")
                    .put("version", registered.version().number());
        }
        if (event instanceof Event.Judged judged) {
            document.put("change", "judged").put("alias", judged.alias()).put("version", judged.version());
            document.put("passed", judged.decision().passed());
            return GateDecisionJson.put(document, judged.decision());
        }
        if (event instanceof Event.Discarded discarded) {
            document.put("change", "discarded").put("version", discarded.version());
            return document.put("reason", discarded.reason());
        }
        if (event instanceof Event.Promoted moved) {
            document.put("change", "promoted").put("alias", moved.alias()).put("version", moved.version());
            return document.put("previous", moved.previous()).put("reason", moved.reason());
        }
        Event.RolledBack moved = (Event.RolledBack) event;
        document.put("change", "rolled_back").put("alias", moved.alias()).put("version", moved.version());
        return document.put("previous", moved.previous()).put("reason", moved.reason());
    }
}

package io.trainyard.registry.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.registry.Event;
import io.trainyard.registry.GateDecisionJson;
import io.trainyard.registry.JsonNumbers;
import io.trainyard.registry.JsonText;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Names;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Shown;
import io.trainyard.registry.bundle.BundleMetadata;
import io.trainyard.registry.bundle.MetadataJson;
import java.time.Instant;

/** The stored form of an event, format 1. */
final class EventJson {
    private static final int FORMAT = 1;

    private EventJson() {}

    static String write(Event event) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
        tree.put("number", event.number()).put("at", event.at().toString()).put("actor", event.actor());
        if (event instanceof Event.Registered registered) {
            putVersion(tree.put("type", "registered"), registered.version());
        } else if (event instanceof Event.Promoted moved) {
            putMove(tree.put("type", "promoted"), moved.alias(), moved.version(), moved.previous(), moved.reason());
        } else if (event instanceof Event.RolledBack moved) {
            putMove(tree.put("type", "rolled_back"), moved.alias(), moved.version(), moved.previous(), moved.reason());
        } else if (event instanceof Event.Judged judged) {
            tree.put("type", "judged").put("alias", judged.alias()).put("version", judged.version());
            GateDecisionJson.put(tree, judged.decision());
        } else if (event instanceof Event.Discarded discarded) {
            tree.put("type", "discarded").put("version", discarded.version()).put("reason", discarded.reason());
        }
        return JsonText.write(tree);
    }

    /**
     * The event in {@code text}.
     *
     * @param what names the document in messages
     * @throws RegistryException when it is not one
     */
    static Event read(String what, String text) {
        return JsonText.read(what, text, FORMAT, EventJson::event);
    }

    private static Event event(JsonNode tree) {
        int number = JsonNumbers.small(tree, "number");
        Instant at = MetadataJson.instant(tree, "at");
        String actor = tree.required("actor").asText();
        String type = tree.required("type").asText();
        return switch (type) {
            case "registered" -> new Event.Registered(number, at, actor, version(tree, at));
            case "promoted" ->
                new Event.Promoted(
                        number,
                        at,
                        actor,
                        Names.alias(tree.required("alias").asText()),
                        JsonNumbers.small(tree, "version"),
                        JsonNumbers.small(tree, "previous"),
                        tree.required("reason").asText());
            case "rolled_back" ->
                new Event.RolledBack(
                        number,
                        at,
                        actor,
                        Names.alias(tree.required("alias").asText()),
                        JsonNumbers.small(tree, "version"),
                        JsonNumbers.small(tree, "previous"),
                        tree.required("reason").asText());
            case "judged" ->
                new Event.Judged(
                        number,
                        at,
                        actor,
                        Names.alias(tree.required("alias").asText()),
                        JsonNumbers.small(tree, "version"),
                        GateDecisionJson.read(tree));
            case "discarded" ->
                new Event.Discarded(
                        number,
                        at,
                        actor,
                        JsonNumbers.small(tree, "version"),
                        tree.required("reason").asText());
            default ->
                throw new IllegalArgumentException(
                        "event %d has the unknown type '%s'".formatted(number, Shown.text(type)));
        };
    }

    private static void putMove(ObjectNode tree, String alias, int version, int previous, String reason) {
        tree.put("alias", alias)
                .put("version", version)
                .put("previous", previous)
                .put("reason", reason);
    }

    private static void putVersion(ObjectNode tree, ModelVersion version) {
        tree.put("model", version.model()).put("version", version.number());
        tree.put("digest", version.digest()).put("location", version.location());
        tree.put("fingerprint", version.fingerprint());
        MetadataJson.put(tree, "tags", version.tags());
        MetadataJson.put(tree, new BundleMetadata(version.lineage(), version.scores()));
    }

    private static ModelVersion version(JsonNode tree, Instant registered) {
        BundleMetadata metadata = MetadataJson.metadata(tree);
        return new ModelVersion(
                tree.required("model").asText(),
                JsonNumbers.small(tree, "version"),
                tree.required("digest").asText(),
                tree.required("location").asText(),
                registered,
                tree.required("fingerprint").asText(),
                metadata.scores(),
                metadata.lineage(),
                MetadataJson.texts(tree, "tags"));
    }
}

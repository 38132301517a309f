package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.registry.JsonText;
import io.trainyard.registry.bundle.MetadataJson;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A move of an alias in a tag, format 1. */
final class MoveJson {
    private static final int FORMAT = 1;

    private MoveJson() {}

    static String write(Move move) {
        ObjectNode tree = AnswerJson.object().put("format", FORMAT);
        tree.put("number", move.number()).put("id", move.id());
        tree.put("at", move.at().toString()).put("actor", move.actor());
        tree.put("type", move.isRollback() ? "rolled_back" : "promoted").put("alias", move.alias());
        tree.put("version", move.version()).put("previous", move.previous());
        tree.put("newest", move.newest()).put("reason", move.reason());
        return AnswerJson.text(tree);
    }

    /**
     * The move in {@code text}.
     *
     * @param model names its place in messages
     */
    static Move read(String model, String text) {
        return JsonText.read("a move of an alias of model '%s'".formatted(model), text, FORMAT, MoveJson::move);
    }

    /** The moves in {@code tags}, by number. */
    static List<Move> all(String model, Map<String, String> tags) {
        return tags.entrySet().stream()
                .filter(tag -> Move.isTag(tag.getKey()))
                .map(tag -> read(model, tag.getValue()))
                .sorted(Comparator.comparing(Move::number))
                .toList();
    }

    private static Move move(JsonNode tree) {
        return new Move(
                tree.required("number").asInt(),
                tree.required("id").asText(),
                MetadataJson.instant(tree, "at"),
                tree.required("actor").asText(),
                tree.required("type").asText().equals("rolled_back"),
                tree.required("alias").asText(),
                tree.required("version").asInt(),
                tree.required("previous").asInt(),
                tree.required("newest").asInt(),
                tree.required("reason").asText());
    }
}

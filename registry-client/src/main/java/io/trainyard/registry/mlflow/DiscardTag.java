package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.registry.Discard;
import io.trainyard.registry.JsonText;
import io.trainyard.registry.bundle.MetadataJson;
import java.util.Optional;

/** The tag of a version whose files were removed, format 1. */
final class DiscardTag {
    static final String KEY = "trainyard.discarded";
    private static final int FORMAT = 1;

    private DiscardTag() {}

    static String write(Discard discard) {
        ObjectNode tree = AnswerJson.object().put("format", FORMAT);
        tree.put("at", discard.at().toString())
                .put("actor", Limits.word(discard.actor()))
                .put("reason", Limits.word(discard.reason()));
        return AnswerJson.text(tree);
    }

    static Optional<Discard> read(MlflowVersion version) {
        return Optional.ofNullable(version.tags().get(KEY))
                .map(text -> JsonText.read(
                        "the tag '%s' of version %d of model '%s'".formatted(KEY, version.number(), version.model()),
                        text,
                        FORMAT,
                        tree -> new Discard(
                                MetadataJson.instant(tree, "at"),
                                tree.required("actor").asText(),
                                tree.required("reason").asText())));
    }
}

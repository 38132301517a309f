package io.trainyard.features.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.source.SourceSnapshot;
import java.util.OptionalLong;

/**
 * A source, or a feature table, as it was when a table was made of it.
 *
 * @param source its name in the pipeline, or that of the view
 * @param uri where its rows are; a query's text for a query
 * @param version Delta's version, where it is a Delta table
 * @param fingerprint hash over its state
 */
public record Input(String source, String uri, OptionalLong version, String fingerprint) {

    static Input of(SourceSnapshot snapshot) {
        var fingerprint = snapshot.fingerprint();
        return new Input(snapshot.source().name(), fingerprint.uri(), fingerprint.version(), fingerprint.hash());
    }

    ObjectNode toJson() {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("source", source).put("uri", uri);
        version.ifPresent(number -> node.put("version", number));
        return node.put("fingerprint", fingerprint);
    }

    static Input ofJson(JsonNode node) {
        return new Input(
                node.path("source").asText(),
                node.path("uri").asText(),
                node.has("version") ? OptionalLong.of(node.path("version").asLong()) : OptionalLong.empty(),
                node.path("fingerprint").asText());
    }
}

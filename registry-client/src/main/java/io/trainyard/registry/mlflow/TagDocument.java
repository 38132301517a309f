package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A document in tags, in parts that every server takes. Written in ASCII, so that it may be cut anywhere. */
final class TagDocument {
    private static final ObjectWriter ASCII = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writer();

    private TagDocument() {}

    /**
     * A tag.
     *
     * @param key of a document's part: the document's name and the part's number, from 0
     */
    record Part(String key, String value) {}

    static List<Part> parts(String name, String document) {
        List<Part> parts = new ArrayList<>();
        for (int from = 0; from < document.length(); from += Limits.REGISTRY_TAG) {
            parts.add(new Part(
                    name + parts.size(),
                    document.substring(from, Math.min(from + Limits.REGISTRY_TAG, document.length()))));
        }
        return parts;
    }

    static String text(ObjectNode tree) {
        try {
            return ASCII.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the tree has no JSON form: " + e.getOriginalMessage(), e);
        }
    }

    /** The document of that name, if its first part is there. */
    static Optional<String> read(Map<String, String> tags, String name) {
        StringBuilder document = new StringBuilder();
        for (int part = 0; tags.containsKey(name + part); part++) {
            document.append(tags.get(name + part));
        }
        return document.isEmpty() ? Optional.empty() : Optional.of(document.toString());
    }
}

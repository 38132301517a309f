package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all requests and answers have in common. Numbers may come as texts, as older servers send them; fields that one
 * does not know are passed over.
 */
final class AnswerJson {
    private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private AnswerJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return WRITER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the tree has no JSON form: " + e.getOriginalMessage(), e);
        }
    }

    /** Without a line break, for tags and parameters. */
    static String text(JsonNode tree) {
        return new String(bytes(tree), StandardCharsets.UTF_8);
    }

    /** Throws an IllegalArgumentException when {@code bytes} are no JSON object. */
    static JsonNode tree(byte[] bytes) {
        JsonNode tree = treeOrMissing(bytes);
        if (!tree.isObject()) {
            throw new IllegalArgumentException("it is no JSON object");
        }
        return tree;
    }

    /** A missing node when {@code bytes} are no JSON at all. */
    static JsonNode treeOrMissing(byte[] bytes) {
        try {
            return READER.readTree(bytes);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Adds {@code values} as a list of keys and values, if there are any. */
    static void putPairs(ObjectNode node, String name, Map<String, String> values) {
        if (values.isEmpty()) {
            return;
        }
        ArrayNode pairs = node.putArray(name);
        values.forEach((key, value) -> pairs.addObject().put("key", key).put("value", value));
    }

    /** The list of keys and values {@code name}; empty where there is none. */
    static Map<String, String> pairs(JsonNode node, String name) {
        Map<String, String> values = new TreeMap<>();
        for (JsonNode pair : node.path(name)) {
            values.put(pair.required("key").asText(), pair.path("value").asText());
        }
        return values;
    }
}

package io.trainyard.jobs.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;

/** JSON as people read it, with the same line ends everywhere. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static String pretty(JsonNode node) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(lines);
        printer.indentObjectsWith(lines);
        return write(node, MAPPER.writer(printer)::writeValueAsString) + "\n";
    }

    /** One line, for a text within a text. */
    static String compact(JsonNode node) {
        return write(node, MAPPER::writeValueAsString);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode object(Map<String, String> entries) {
        ObjectNode node = object();
        entries.forEach(node::put);
        return node;
    }

    static ArrayNode array(Collection<String> items) {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        items.forEach(node::add);
        return node;
    }

    private interface Writer {
        String write(JsonNode node) throws JsonProcessingException;
    }

    private static String write(JsonNode node, Writer writer) {
        try {
            return writer.write(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Cannot write " + node.getNodeType(), impossible);
        }
    }
}

package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the calls of the server in the tests have in common. */
final class Calls {
    private Calls() {}

    /** The arguments of a call: from the query of a GET, from the body of all others. */
    record Arguments(JsonNode tree) {
        String text(String name) {
            if (!tree.has(name)) {
                throw Refused.invalid("Missing value for required parameter '%s'.".formatted(name));
            }
            return tree.get(name).asText();
        }

        String text(String name, String otherwise) {
            return tree.path(name).asText(otherwise);
        }

        Map<String, String> pairs(String name, int longest) {
            Map<String, String> pairs = AnswerJson.pairs(tree, name);
            pairs.forEach((key, value) -> check(key, value, longest));
            return pairs;
        }
    }

    static Arguments arguments(Recorded request) {
        return new Arguments(request.method().equals("GET") ? query(request.query()) : request.json());
    }

    static void check(String key, String value, int longest) {
        if (!key.matches("[\\w./ -]{1,250}") || value.length() > longest) {
            throw Refused.invalid(
                    "'%s' exceeds the maximum length of %d characters, or its name is invalid".formatted(key, longest));
        }
    }

    /** One page of {@code items}, whose token is the place at which the next one begins. */
    static ObjectNode page(String field, List<JsonNode> items, Arguments arguments, int most) {
        int from = Integer.parseInt(arguments.text("page_token", "0"));
        int to = Math.min(items.size(), from + Math.min(most, Integer.parseInt(arguments.text("max_results", "100"))));
        ObjectNode page = AnswerJson.object();
        // Like protobuf's JSON, an empty list is left out.
        if (from < to) {
            ArrayNode list = page.putArray(field);
            items.subList(from, to).forEach(list::add);
        }
        return to < items.size() ? page.put("next_page_token", String.valueOf(to)) : page;
    }

    private static JsonNode query(String query) {
        Map<String, String> values = new TreeMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                values.put(decoded(parts[0]), decoded(parts[1]));
            }
        }
        ObjectNode tree = AnswerJson.object();
        values.forEach(tree::put);
        return tree;
    }

    static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * A request as the server got it.
 *
 * @param path without {@code /api/2.0/} and as it was sent
 * @param body a character for each byte
 */
record Recorded(String method, String path, String query, String authorization, String body) {
    byte[] bytes() {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    JsonNode json() {
        return AnswerJson.tree(bytes());
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}

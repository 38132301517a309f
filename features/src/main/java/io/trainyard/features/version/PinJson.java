package io.trainyard.features.version;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;

/** A pin as it is stored: {@code {"version": …, "owner": …, "reason": …, "time": …}}. */
final class PinJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PinJson() {}

    static String write(Pin pin) {
        return JSON.createObjectNode()
                .put("version", pin.version())
                .put("owner", pin.owner())
                .put("reason", pin.reason())
                .put("time", pin.time().toString())
                .toString();
    }

    static Pin read(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            return new Pin(
                    root.path("version").asLong(),
                    root.path("owner").asText(),
                    root.path("reason").asText(),
                    Instant.parse(root.path("time").asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A pin must be JSON, but it is: " + json, e);
        }
    }
}

package io.trainyard.tuning.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.study.StudyEvent;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Events that became durable together: one a line as JSON, and a last line with the format's version, the writer and the
 * checksum of all bytes before it.
 *
 * @param writer the driver; makes segments of different drivers differ in their bytes
 */
record Segment(String writer, List<StudyEvent> events) {

    private static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    Segment {
        events = List.copyOf(events);
    }

    byte[] encode() {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(EventJson.write(event)).append('\n'));
        ObjectNode end = JsonNodeFactory.instance.objectNode();
        end.put("format", FORMAT).put("writer", writer).put("crc32c", checksum(text.toString()));
        return text.append(end).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException when the bytes are not a whole segment of this format, saying what is wrong */
    static Segment decode(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        int body = text.lastIndexOf('\n', text.length() - 2) + 1;
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("it is cut off after %d bytes".formatted(content.length));
        }
        JsonNode end = parse(text.substring(body));
        if (end.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException(
                    "its format is %s, and this release reads %d".formatted(end.path("format"), FORMAT));
        }
        String expected = end.path("crc32c").asText();
        String actual = checksum(text.substring(0, body));
        if (!expected.equals(actual)) {
            throw new IllegalArgumentException("its checksum is %s instead of %s".formatted(actual, expected));
        }
        List<StudyEvent> events = new ArrayList<>();
        text.substring(0, body).lines().forEach(line -> events.add(event(line)));
        return new Segment(end.path("writer").asText(), events);
    }

    private static StudyEvent event(String line) {
        try {
            return EventJson.read(parse(line));
        } catch (DateTimeException invalid) {
            throw new IllegalArgumentException("it holds no event: " + line, invalid);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException invalid) {
            throw new IllegalArgumentException("it holds no JSON: " + line, invalid);
        }
    }

    private static String checksum(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(checksum.getValue());
    }
}

package io.trainyard.tuning.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.study.StudyEvent;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Events that became durable together, as lines of JSON: the format's version and the writer, then each event, then the
 * checksum of all lines before it.
 *
 * @param writer the driver; makes segments of different drivers differ in their bytes
 * @param voided how many segments right before it do not count, whatever they hold: they were cut off when the writer took over
 */
record Segment(String writer, List<StudyEvent> events, int voided) {

    private static final int FORMAT = 1;
    private static final String CHECKSUM = "crc32c";
    private static final String VOIDED = "voided";

    private static final ObjectMapper JSON = new ObjectMapper();

    Segment {
        events = List.copyOf(events);
    }

    Segment(String writer, List<StudyEvent> events) {
        this(writer, events, 0);
    }

    byte[] encode() {
        StringBuilder text = new StringBuilder();
        ObjectNode head = object().put("format", FORMAT).put("writer", writer);
        if (voided > 0) {
            head.put(VOIDED, voided);
        }
        text.append(head).append('\n');
        events.forEach(event -> text.append(EventJson.write(event)).append('\n'));
        text.append(object().put(CHECKSUM, checksum(text.toString()))).append('\n');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the bytes are the beginning of a segment and no more, as a writer leaves it that dies in the midst. */
    static boolean isCut(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        return !text.endsWith("\n") || !text.startsWith("{\"" + CHECKSUM + "\"", last);
    }

    /** @throws IllegalArgumentException when the bytes are not a whole segment of this format, saying what is wrong */
    static Segment decode(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("it is cut off after %d bytes".formatted(content.length));
        }
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        String expected = parse(text.substring(last)).path(CHECKSUM).asText();
        String actual = checksum(text.substring(0, last));
        if (!expected.equals(actual)) {
            throw new IllegalArgumentException("its checksum is %s instead of '%s'".formatted(actual, expected));
        }
        List<String> lines = text.substring(0, last).lines().toList();
        JsonNode head = parse(lines.get(0));
        if (head.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException(
                    "its format is %s, and this release reads %d".formatted(head.path("format"), FORMAT));
        }
        return new Segment(
                head.path("writer").asText(),
                lines.stream().skip(1).map(Segment::event).toList(),
                head.path(VOIDED).asInt());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
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

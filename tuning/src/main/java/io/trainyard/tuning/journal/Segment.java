package io.trainyard.tuning.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.study.StudyEvent;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.HexFormat;
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

    private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);

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
        byte[] lines = text.toString().getBytes(UTF_8);
        text.append(lastLine(checksum(lines, lines.length)));
        return text.toString().getBytes(UTF_8);
    }

    /** Whether the bytes are the beginning of a segment and no more, as a writer leaves it that dies in the midst. */
    static boolean isCut(byte[] content) {
        int last = lastLineStart(content);
        return content.length == 0
                || content[content.length - 1] != '\n'
                || !new String(content, last, content.length - last, UTF_8).startsWith("{\"" + CHECKSUM + "\"");
    }

    /** @throws IllegalArgumentException when the bytes are not a whole segment of this format, saying what is wrong */
    static Segment decode(byte[] content) {
        if (content.length == 0 || content[content.length - 1] != '\n') {
            throw new IllegalArgumentException("it is cut off after %d bytes".formatted(content.length));
        }
        int last = lastLineStart(content);
        checkSum(checksum(content, last), new String(content, last, content.length - last, UTF_8));
        List<JsonNode> lines = parse(new String(content, 0, last, UTF_8));
        JsonNode head = lines.get(0);
        if (head.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException(
                    "its format is %s, and this release reads %d".formatted(head.path("format"), FORMAT));
        }
        return new Segment(
                head.path("writer").asText(),
                lines.stream().skip(1).map(Segment::event).toList(),
                head.path(VOIDED).asInt());
    }

    private static void checkSum(String actual, String lastLine) {
        if (!lastLine.equals(lastLine(actual))) {
            throw new IllegalArgumentException("its checksum is %s instead of '%s'"
                    .formatted(actual, parse(lastLine).get(0).path(CHECKSUM).asText()));
        }
    }

    private static String lastLine(String checksum) {
        return "{\"" + CHECKSUM + "\":\"" + checksum + "\"}\n";
    }

    /** Where the last line begins. */
    private static int lastLineStart(byte[] content) {
        int start = Math.max(0, content.length - 1);
        while (start > 0 && content[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static StudyEvent event(JsonNode line) {
        try {
            return EventJson.read(line);
        } catch (DateTimeException invalid) {
            throw new IllegalArgumentException("it holds no event: " + line, invalid);
        }
    }

    private static List<JsonNode> parse(String lines) {
        try (MappingIterator<JsonNode> values = JSON.readValues(lines)) {
            return values.readAll();
        } catch (IOException invalid) {
            throw new IllegalArgumentException("it holds no JSON: " + lines, invalid);
        }
    }

    private static String checksum(byte[] content, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(content, 0, length);
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }
}

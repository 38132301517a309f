package io.trainyard.registry;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.function.Function;

/**
 * The text of stored JSON: the same bytes on every platform when written, and strict when read. Every stored document
 * is an object with a number {@code format}, so that a later release can tell what it has before it.
 */
public final class JsonText {
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER =
            JsonMapper.builder().build().writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT));
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private JsonText() {}

    /** Indented, with fields in the order of the tree and a newline at the end. */
    public static String write(JsonNode tree) {
        try {
            return WRITER.writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the tree has no JSON form: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads {@code text}, which must be of {@code format}.
     *
     * @param what names the document in messages, such as {@code encoding.json of bundle /models/fraud}
     * @param value makes the value from the document's tree; an IllegalArgumentException says what is wrong with it
     * @throws RegistryException when the text is not JSON, has another format, or holds no such value
     */
    public static <T> T read(String what, String text, int format, Function<JsonNode, T> value) {
        JsonNode tree = tree(what, text);
        requireFormat(what, tree.path("format"), format);
        try {
            return value.apply(tree);
        } catch (IllegalArgumentException | RegistryException e) {
            throw new RegistryException("Cannot read %s: %s".formatted(what, e.getMessage()), e);
        }
    }

    private static JsonNode tree(String what, String text) {
        try {
            return READER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RegistryException(
                    "Cannot read %s: not valid JSON%s: %s"
                            .formatted(what, place(e.getLocation()), Shown.text(e.getOriginalMessage())),
                    e);
        }
    }

    /** Jackson does not say where a limit of its own was reached. */
    private static String place(JsonLocation at) {
        return at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }

    private static void requireFormat(String what, JsonNode found, int format) {
        if (!found.isInt()) {
            throw new RegistryException(
                    "Cannot read %s: it has no number 'format', so it is none of Trainyard's documents; restore it"
                            .formatted(what));
        }
        if (found.intValue() != format) {
            throw new RegistryException(
                    "Cannot read %s: it has format %d, and this version of Trainyard reads format %d"
                            .formatted(what, found.intValue(), format));
        }
    }
}

package io.trainyard.registry.scoring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads UBJSON as XGBoost writes it (<a href="https://ubjson.org">draft 12</a>): objects without a count, arrays with
 * one, and arrays of one type of number. Strict: everything else is refused. A declared length is held to the bytes
 * that are left before anything is made of that length.
 *
 * <p>Values are {@code Map<String, Object>}, {@code List<Object>}, {@code String}, {@code Long}, {@code Double}, {@code
 * Boolean}, {@code float[]}, {@code int[]} and {@code long[]}.
 */
final class UbjsonReader {
    /** XGBoost's models are 7 deep. */
    private static final int DEEPEST = 32;

    private final ByteBuffer bytes;

    private UbjsonReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /**
     * The one value that {@code bytes} hold.
     *
     * @throws ModelFileException if they hold another thing
     */
    static Object read(byte[] bytes) {
        UbjsonReader reader = new UbjsonReader(bytes);
        Object value = reader.value(reader.marker(), 0);
        if (reader.bytes.hasRemaining()) {
            throw reader.refused("%d bytes follow the end of the model".formatted(reader.bytes.remaining()));
        }
        return value;
    }

    private Object value(byte marker, int depth) {
        if (depth > DEEPEST) {
            throw refused("more than %d values lie in each other".formatted(DEEPEST));
        }
        return switch (marker) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case 'S' -> text();
            case 'T' -> true;
            case 'F' -> false;
            case 'd' -> {
                need(Float.BYTES);
                yield (double) bytes.getFloat();
            }
            case 'D' -> {
                need(Double.BYTES);
                yield bytes.getDouble();
            }
            default -> whole(marker);
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (byte marker = marker(); marker != '}'; marker = marker()) {
            String name = text(whole(marker));
            if (fields.put(name, value(marker(), depth + 1)) != null) {
                throw refused("the field '%s' comes twice".formatted(name));
            }
        }
        return fields;
    }

    private Object array(int depth) {
        byte first = marker();
        if (first == '$') {
            byte type = marker();
            expect(marker(), '#');
            return numbers(type, length());
        }
        expect(first, '#');
        int length = length();
        need(length);
        List<Object> values = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            values.add(value(marker(), depth + 1));
        }
        return values;
    }

    private Object numbers(byte type, int length) {
        need((long) length * size(type));
        if (type == 'd') {
            float[] floats = new float[length];
            bytes.asFloatBuffer().get(floats);
            bytes.position(bytes.position() + length * Float.BYTES);
            return floats;
        }
        if (type == 'L') {
            long[] longs = new long[length];
            bytes.asLongBuffer().get(longs);
            bytes.position(bytes.position() + length * Long.BYTES);
            return longs;
        }
        int[] ints = new int[length];
        for (int i = 0; i < length; i++) {
            ints[i] = (int) whole(type);
        }
        return ints;
    }

    private int size(byte type) {
        return switch (type) {
            case 'i', 'U' -> Byte.BYTES;
            case 'I' -> Short.BYTES;
            case 'l', 'd' -> Integer.BYTES;
            case 'L' -> Long.BYTES;
            default -> throw refused("%s is no type of an array".formatted(shown(type)));
        };
    }

    private long whole(byte type) {
        need(size(type));
        return switch (type) {
            case 'i' -> bytes.get();
            case 'U' -> Byte.toUnsignedLong(bytes.get());
            case 'I' -> bytes.getShort();
            case 'l' -> bytes.getInt();
            case 'L' -> bytes.getLong();
            default -> throw refused("%s is no whole number".formatted(shown(type)));
        };
    }

    private String text() {
        return text(whole(marker()));
    }

    private String text(long length) {
        need(length);
        byte[] text = new byte[(int) length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private int length() {
        long length = whole(marker());
        need(length);
        return (int) length;
    }

    private byte marker() {
        need(1);
        return bytes.get();
    }

    private void expect(byte found, char wanted) {
        if (found != wanted) {
            throw refused("expected '%s' and found %s".formatted(wanted, shown(found)));
        }
    }

    /** Every element of whatever is counted has a byte at least. */
    private void need(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw refused("a length of %d is declared, and %d bytes are left".formatted(length, bytes.remaining()));
        }
    }

    private static String shown(byte found) {
        return found > ' ' ? "'" + (char) found + "'" : "byte " + found;
    }

    private ModelFileException refused(String problem) {
        return new ModelFileException(
                "at byte %d of its UBJSON, %s%s".formatted(bytes.position(), problem, ModelFileException.DAMAGED));
    }
}

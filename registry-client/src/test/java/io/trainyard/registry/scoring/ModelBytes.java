package io.trainyard.registry.scoring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A model file to be damaged at places that are found by name. */
final class ModelBytes {
    /** A list's {@code [$}, type, {@code #L} and its length. */
    private static final int LIST_HEADER = 13;

    /** {@code SL} and the length. */
    private static final int TEXT_HEADER = 10;

    private final ByteBuffer bytes;

    ModelBytes(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes.clone());
    }

    /** Sets an element of the first list of this name, of which each has four bytes. */
    ModelBytes set(String list, int index, int value) {
        bytes.putInt(after(list) + LIST_HEADER + index * Integer.BYTES, value);
        return this;
    }

    ModelBytes set(String list, int index, float value) {
        return set(list, index, Float.floatToRawIntBits(value));
    }

    ModelBytes setByte(String list, int index, int value) {
        bytes.put(after(list) + LIST_HEADER + index, (byte) value);
        return this;
    }

    /** Sets the length that the first list of this name declares. */
    ModelBytes setLength(String list, long length) {
        bytes.putLong(after(list) + LIST_HEADER - Long.BYTES, length);
        return this;
    }

    /** Replaces the beginning of the text of this name. */
    ModelBytes setText(String name, String text) {
        byte[] replacement = text.getBytes(StandardCharsets.US_ASCII);
        bytes.put(after(name) + TEXT_HEADER, replacement);
        return this;
    }

    byte[] bytes() {
        return bytes.array();
    }

    private int after(String name) {
        String all = new String(bytes.array(), StandardCharsets.ISO_8859_1);
        // Names have a length before them, whose last byte tells one name from the end of a longer one.
        String wanted = (char) name.length() + name;
        return all.indexOf(wanted) + wanted.length();
    }
}

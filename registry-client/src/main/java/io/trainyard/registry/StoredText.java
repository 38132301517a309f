package io.trainyard.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of stored documents: UTF-8 to the last byte, and not longer than a document can be. */
public final class StoredText {
    /** In bytes: far above any document of ours; what is larger would only fill the memory. */
    public static final int LARGEST = 64 << 20;

    private StoredText() {}

    /**
     * What is left in {@code content}, which is not closed.
     *
     * @param what names the document in messages
     * @throws RegistryException when it is too long, or not UTF-8
     */
    public static String read(String what, InputStream content) throws IOException {
        return of(what, bytes(what, content, LARGEST));
    }

    /** As {@link #read}, not yet decoded, and at most {@code limit} bytes. */
    public static byte[] bytes(String what, InputStream content, int limit) throws IOException {
        byte[] bytes = content.readNBytes(limit);
        if (content.read() >= 0) {
            throw new RegistryException("Cannot read %s: it has more than %d bytes, and is none of ours; restore it"
                    .formatted(what, limit));
        }
        return bytes;
    }

    /** The text that {@code bytes} hold. */
    public static String of(String what, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RegistryException("Cannot read %s: it is not UTF-8 text; restore it".formatted(what), e);
        }
    }
}

package io.trainyard.features.version;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import org.apache.spark.sql.types.StructType;

/**
 * SHA-256 over named facts, in the order in which they are added. Every name and value is hashed with its length, so that no two lists
 * of facts run together to the same text.
 */
public final class Fingerprint {

    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * Starts the fingerprint of an artefact.
     *
     * @param semantics raised when the same declaration comes to mean something else, which makes every old artefact outdated
     */
    public static Fingerprint of(String artefact, int semantics) {
        return new Fingerprint().add("artefact", artefact).add("semantics", semantics);
    }

    /** What identifies a table's shape: names and types in order; not whether a column may be null. */
    public static String of(StructType schema) {
        Fingerprint fingerprint = of("schema", 1);
        for (var field : schema.fields()) {
            fingerprint.add(field.name(), field.dataType().catalogString());
        }
        return fingerprint.hex();
    }

    public Fingerprint add(String name, Object value) {
        update(name);
        update(value.toString());
        return this;
    }

    /** Adds values whose order counts. */
    public Fingerprint addAll(String name, Collection<?> values) {
        add(name, values.size());
        values.forEach(value -> update(value.toString()));
        return this;
    }

    /** The fingerprint as 64 hexadecimal digits; nothing can be added after. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void update(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}

package io.trainyard.features.privacy;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret under which equal texts have equal hashes, and without which a hash tells nothing of its text. Only {@link #hash} and {@link
 * #fingerprint} come of it: it shows itself in no message, and in a query it is part of a function's code, never of the plan's text.
 */
public final class HashKey implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The environment variable that is to hold the secret. */
    public static final String VARIABLE = "TRAINYARD_HASH_KEY";

    /** Below this a secret could be found by trying. */
    public static final int MIN_LENGTH = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int FINGERPRINT_LENGTH = 16;

    private final byte[] secret;

    private HashKey(byte[] secret) {
        this.secret = secret;
    }

    /**
     * A key of a secret text.
     *
     * @throws IllegalArgumentException if it is shorter than {@link #MIN_LENGTH} characters
     */
    public static HashKey of(String secret) {
        if (secret.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "the key in %s has %d characters, and at least %d are needed; set a longer one, such as the output of openssl rand -hex 32"
                            .formatted(VARIABLE, secret.length(), MIN_LENGTH));
        }
        return new HashKey(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** HMAC-SHA-256 (RFC 2104) of a text in UTF-8, as 64 hexadecimal digits. */
    public String hash(String text) {
        return HexFormat.of().formatHex(mac().doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Tells keys apart without telling anything of them. */
    public String fingerprint() {
        return hash("trainyard").substring(0, FINGERPRINT_LENGTH);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has HMAC with SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "HashKey[" + fingerprint() + "]";
    }
}

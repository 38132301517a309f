package io.trainyard.registry.bundle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.trainyard.registry.JsonText;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Sha256;
import io.trainyard.registry.Shown;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Who made a bundle: an Ed25519 signature (RFC 8032) over the bytes of its manifest, and so over the digest of every
 * file. Stored beside the manifest, which does not list it.
 *
 * @param key SHA-256 of the public key in X.509 form, which tells one key from another
 * @param signature 64 bytes, as hexadecimal digits
 */
record ManifestSignature(String key, String signature) {
    /** Its name in a bundle. */
    static final String FILE = "manifest.sig";

    static final String ALGORITHM = "Ed25519";

    private static final int FORMAT = 1;
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{128}");

    /** Refuses what is no digest of a key, and what is no signature. */
    ManifestSignature {
        Sha256.checked(key);
        if (!SIGNATURE.matcher(signature).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no signature (128 hexadecimal digits)".formatted(Shown.text(signature)));
        }
    }

    /** Whether the owner of {@code publicKey} has signed {@code text}. */
    boolean isBy(PublicKey publicKey, byte[] text) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(publicKey);
            verifier.update(text);
            return verifier.verify(HexFormat.of().parseHex(signature));
        } catch (GeneralSecurityException e) {
            // Bytes that are no signature at all.
            return false;
        }
    }

    String write() {
        return JsonText.write(JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("algorithm", ALGORITHM)
                .put("key", key)
                .put("signature", signature));
    }

    /** @throws RegistryException when {@code text} is no signature, or one by another algorithm */
    static ManifestSignature read(String what, String text) {
        return JsonText.read(what, text, FORMAT, tree -> {
            String algorithm = tree.required("algorithm").asText();
            if (!algorithm.equals(ALGORITHM)) {
                throw new IllegalArgumentException("it is by the algorithm '%s', and only %s is known"
                        .formatted(Shown.text(algorithm), ALGORITHM));
            }
            return new ManifestSignature(
                    tree.required("key").asText(), tree.required("signature").asText());
        });
    }
}

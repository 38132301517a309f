package io.trainyard.registry.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A new pair of keys in PEM files.
 *
 * @param secret the private key
 * @param open the public key
 */
public record KeyFiles(Path secret, Path open) {
    /** A pair for Ed25519. */
    public static KeyFiles create(Path folder, String name) throws IOException {
        return create(folder, name, "Ed25519");
    }

    static KeyFiles create(Path folder, String name, String algorithm) throws IOException {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            return new KeyFiles(
                    write(
                            folder.resolve(name + ".pem"),
                            "PRIVATE",
                            pair.getPrivate().getEncoded()),
                    write(
                            folder.resolve(name + ".public.pem"),
                            "PUBLIC",
                            pair.getPublic().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who signs with them. */
    public BundleSigner signer() {
        return BundleSigner.read(secret, open);
    }

    /** Who trusts them. */
    public TrustedKeys trusted() {
        return TrustedKeys.read(List.of(open));
    }

    private static Path write(Path file, String kind, byte[] key) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        return Files.writeString(
                file, "-----BEGIN %1$s KEY-----\n%2$s\n-----END %1$s KEY-----\n".formatted(kind, text));
    }
}

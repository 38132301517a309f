package io.trainyard.registry.bundle;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.StoredText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys as OpenSSL writes them. A message never has anything of a key in it. */
final class PemKeys {
    private static final int LARGEST = 1 << 16;

    private PemKeys() {}

    static PublicKey publicKey(Path file) {
        byte[] key = bytes(file, "PUBLIC KEY");
        return made(file, "public", () -> factory().generatePublic(new X509EncodedKeySpec(key)));
    }

    static PrivateKey privateKey(Path file) {
        byte[] key = bytes(file, "PRIVATE KEY");
        return made(file, "private", () -> factory().generatePrivate(new PKCS8EncodedKeySpec(key)));
    }

    @FunctionalInterface
    private interface Made<K> {
        K key() throws InvalidKeySpecException;
    }

    private static <K> K made(Path file, String kind, Made<K> made) {
        try {
            return made.key();
        } catch (InvalidKeySpecException e) {
            throw refused(file, "it holds no %s key of Ed25519".formatted(kind));
        }
    }

    private static byte[] bytes(Path file, String kind) {
        Pattern pem = Pattern.compile("-----BEGIN %1$s-----\\s+([A-Za-z0-9+/=\\s]+)-----END %1$s-----".formatted(kind));
        Matcher found = pem.matcher(text(file));
        if (!found.find()) {
            throw refused(file, "it has no '-----BEGIN %s-----'".formatted(kind));
        }
        String key = found.group(1);
        if (found.find()) {
            throw refused(file, "it holds more than one key");
        }
        try {
            return Base64.getMimeDecoder().decode(key);
        } catch (IllegalArgumentException e) {
            throw refused(file, "what it holds is not Base64");
        }
    }

    private static String text(Path file) {
        String what = "key " + file;
        try (InputStream content = Files.newInputStream(file)) {
            return StoredText.of(what, StoredText.bytes(what, content, LARGEST));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + what, e);
        }
    }

    private static RegistryException refused(Path file, String problem) {
        return new RegistryException(
                ("Cannot read key %s: %s; make one by 'openssl genpkey -algorithm ed25519 -out private.pem' "
                                + "and 'openssl pkey -in private.pem -pubout -out public.pem'")
                        .formatted(file, problem));
    }

    private static KeyFactory factory() {
        try {
            return KeyFactory.getInstance(ManifestSignature.ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java platforms have Ed25519 since version 15", e);
        }
    }
}

package io.trainyard.jobs.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** Keys as {@code openssl} writes them: {@code NAME.pem} and {@code NAME.pub}. */
final class SigningKeys {
    private SigningKeys() {}

    static void write(Path folder, String name) throws GeneralSecurityException, IOException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.writeString(folder.resolve(name + ".pem"), pem("PRIVATE KEY", pair.getPrivate()));
        Files.writeString(folder.resolve(name + ".pub"), pem("PUBLIC KEY", pair.getPublic()));
    }

    private static String pem(String kind, Key key) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind);
    }
}

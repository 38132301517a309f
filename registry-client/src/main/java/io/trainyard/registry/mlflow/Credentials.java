package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How a client says who it is. No form of it shows the secret. */
public sealed interface Credentials {
    /** What is shorter is not looked for in the texts of servers. */
    int SHORTEST_SECRET = 4;

    /** The value of the header {@code Authorization}; empty for nobody in particular. */
    Optional<String> header();

    /** {@code text} without the secret, which a server may have echoed. */
    String redacted(String text);

    /** Nobody in particular. */
    record Anonymous() implements Credentials {
        @Override
        public Optional<String> header() {
            return Optional.empty();
        }

        @Override
        public String redacted(String text) {
            return text;
        }
    }

    /** A user and a password. */
    record Basic(String user, String password) implements Credentials {
        @Override
        public Optional<String> header() {
            return Optional.of("Basic " + encoded());
        }

        @Override
        public String redacted(String text) {
            return without(without(text, encoded()), password);
        }

        @Override
        public String toString() {
            return "user " + user;
        }

        private String encoded() {
            return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A token. */
    record Bearer(String token) implements Credentials {
        /** Refuses what no header may hold, without showing it. */
        public Bearer {
            if (token.isEmpty() || !token.chars().allMatch(character -> character > ' ' && character < 127)) {
                throw new RegistryException("Cannot use the token for MLflow: it is empty, or has a character that no"
                        + " header may hold, such as a newline at its end; set it anew");
            }
        }

        @Override
        public Optional<String> header() {
            return Optional.of("Bearer " + token);
        }

        @Override
        public String redacted(String text) {
            return without(text, token);
        }

        @Override
        public String toString() {
            return "a token";
        }
    }

    /** A secret of three letters hides nothing, and is part of many a word. */
    private static String without(String text, String secret) {
        return secret.length() < SHORTEST_SECRET ? text : text.replace(secret, "***");
    }
}

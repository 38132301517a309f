package io.trainyard.jobs.deploy;

import java.util.Locale;

/** Names of secrets as services take them. */
final class SecretNames {
    private SecretNames() {}

    /** {@code trainyard/hash-key} as {@code TRAINYARD_HASH_KEY}. */
    static String variable(String secret) {
        return secret.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }

    /** {@code trainyard/hash-key} as {@code trainyard-hash-key}. */
    static String identifier(String secret) {
        return secret.replaceAll("[^A-Za-z0-9_.-]+", "-");
    }
}

package io.trainyard.features.version;

import java.time.Instant;

/**
 * A version with what its writer noted.
 *
 * @param facts a JSON object
 */
public record Commit(TableVersion table, Instant time, String facts) {}

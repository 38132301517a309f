package io.trainyard.registry;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One registered bundle of a model. It never changes; aliases move instead.
 *
 * @param model the model's name
 * @param number from 1, without gaps
 * @param digest the digest of the bundle, as its manifest has it
 * @param location where the bundle's files are, relative to the registry
 * @param registered when
 * @param fingerprint of the run that made it: a run that is repeated registers nothing twice
 * @param scores on the test rows
 * @param lineage what it was made from
 * @param tags the user's own
 */
public record ModelVersion(
        String model,
        int number,
        String digest,
        String location,
        Instant registered,
        String fingerprint,
        List<Score> scores,
        Lineage lineage,
        Map<String, String> tags) {
    /** Checks names and digest, and copies what it is given. */
    public ModelVersion {
        Names.model(model);
        Sha256.checked(digest);
        if (number < 1) {
            throw new IllegalArgumentException("versions of model '%s' count from 1, not %d".formatted(model, number));
        }
        if (fingerprint.isBlank()) {
            throw new IllegalArgumentException("version %d of model '%s' has no fingerprint".formatted(number, model));
        }
        scores = List.copyOf(scores);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}

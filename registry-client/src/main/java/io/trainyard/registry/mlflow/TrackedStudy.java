package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A search as MLflow shows it: one run, with a run below it for every trial.
 *
 * @param name of the study
 * @param identity tells it from every other study: one that is resumed goes on in the same runs
 * @param params what was set for the study as a whole
 * @param tags what people look for
 */
public record TrackedStudy(
        String name, String identity, Instant started, Map<String, String> params, Map<String, String> tags) {
    /** Refuses a study that could be taken for another, and copies what it is given. */
    public TrackedStudy {
        if (name.isBlank() || identity.isBlank()) {
            throw new RegistryException(
                    "Cannot track study '%s' of identity '%s': give both".formatted(name, identity));
        }
        params = Collections.unmodifiableMap(new TreeMap<>(params));
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}

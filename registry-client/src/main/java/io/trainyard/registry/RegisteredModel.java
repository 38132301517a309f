package io.trainyard.registry;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model at one moment.
 *
 * @param name its name
 * @param versions in the order of their numbers
 * @param aliases the number of the version that each alias points to
 */
public record RegisteredModel(String name, List<ModelVersion> versions, Map<String, Integer> aliases) {
    /** Copies what it is given. */
    public RegisteredModel {
        versions = List.copyOf(versions);
        aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
    }
}

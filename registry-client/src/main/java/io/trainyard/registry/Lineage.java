package io.trainyard.registry;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model was made from: enough to make it again.
 *
 * @param inputs the data read, with their versions
 * @param study the name of the search that found the parameters
 * @param trial the trial that won, from 0
 * @param seed the seed of the final fit
 * @param learner such as {@code xgboost}
 * @param params the learner's parameters as text
 * @param commit the version of the code, such as a Git commit
 * @param environment versions of what ran: {@code java}, {@code spark}, {@code xgboost}, …
 * @param asOf the logical time of the run
 */
public record Lineage(
        List<Input> inputs,
        String study,
        int trial,
        long seed,
        String learner,
        Map<String, String> params,
        String commit,
        Map<String, String> environment,
        Instant asOf) {
    /** Copies what it is given; the maps are in the order of their keys. */
    public Lineage {
        inputs = List.copyOf(inputs);
        params = Collections.unmodifiableMap(new TreeMap<>(params));
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /** One table or source: where, which version of it, and the fingerprint of what that version holds. */
    public record Input(String uri, String version, String fingerprint) {}
}

package io.trainyard.registry.mlflow;

import java.util.Map;

/**
 * A run at one moment.
 *
 * @param artifacts the URI under which its files are
 * @param isDeleted whether it lies in the bin: nothing can be added to it
 * @param params never change once they are there
 * @param metrics the newest value of each
 */
public record Run(
        String id,
        String experimentId,
        String artifacts,
        RunStatus status,
        boolean isDeleted,
        Map<String, String> params,
        Map<String, Double> metrics,
        Map<String, String> tags) {
    /** Copies what it is given. */
    public Run {
        params = Map.copyOf(params);
        metrics = Map.copyOf(metrics);
        tags = Map.copyOf(tags);
    }
}

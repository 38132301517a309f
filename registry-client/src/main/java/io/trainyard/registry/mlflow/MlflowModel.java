package io.trainyard.registry.mlflow;

import java.time.Instant;
import java.util.Map;

/**
 * A registered model as MLflow has it.
 *
 * @param created when; a model that was deleted and made again has another moment
 * @param aliases the number of the version that each alias points to
 */
public record MlflowModel(String name, Instant created, Map<String, String> tags, Map<String, Integer> aliases) {
    /** Copies what it is given. */
    public MlflowModel {
        tags = Map.copyOf(tags);
        aliases = Map.copyOf(aliases);
    }
}

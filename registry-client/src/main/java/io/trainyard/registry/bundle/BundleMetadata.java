package io.trainyard.registry.bundle;

import io.trainyard.registry.Lineage;
import io.trainyard.registry.Score;
import java.util.List;

/**
 * What a bundle says about its model.
 *
 * @param lineage what the model was made from
 * @param scores on the test rows
 */
public record BundleMetadata(Lineage lineage, List<Score> scores) {
    /** Copies what it is given. */
    public BundleMetadata {
        scores = List.copyOf(scores);
    }
}
